// Pairs of texts in single JSON files, in class folders or loose.
import { z } from 'zod'
import type { DataFormat } from './format.ts'
import { folderLayout } from './source/layout.ts'
import { headOfFirst, textFiles } from './source/text-file.ts'

const pair = z.looseObject({ a: z.string(), b: z.string() })

function isPair(head: Uint8Array): boolean {
  try {
    return pair.safeParse(JSON.parse(new TextDecoder().decode(head))).success
  } catch {
    return false
  }
}

export const pairFiles: DataFormat = {
  title: 'Pairs of texts in files',
  description: 'Single .json files {"a": "…", "b": "…"}; in a folder the subfolders are the classes, and train/, val/ and test/ above them give the split.',
  inputs: ['text-pair'],
  match: async (source) => isPair(await headOfFirst(source, ['json'])),
  async *read(source, ctx) {
    const files = await textFiles(source, ['json'])
    const place = source.kind === 'folder' ? folderLayout(files.map((f) => f.path), () => true) : () => ({ className: null, split: null })
    ctx.expect(files.length)
    for (const { path, file, refused, read } of files) {
      ctx.signal?.throwIfAborted()
      if (refused !== null) yield { kind: 'skip', path, reason: refused }
      else yield { kind: 'item', name: path, file, read, ...place(path) }
    }
  },
}
