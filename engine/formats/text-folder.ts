// Text folder: each subfolder is a class, each file a text.
import { extension } from '../data/sniff.ts'
import type { DataFormat } from './format.ts'
import { folderLayout } from './source/layout.ts'

const isText = (path: string): boolean => extension(path) === 'txt'

export const textFolder: DataFormat = {
  title: 'Text folder',
  description: 'A folder of .txt files (UTF-8) whose subfolders are the classes; train/, val/ and test/ above them give the split.',
  inputs: ['text'],
  tasks: ['text-classification'],
  match: async (source) => source.kind === 'folder' && (await source.tree()).entries.some((e) => e.path.includes('/') && isText(e.path)),
  async *read(source, ctx) {
    const { entries } = await source.tree()
    const place = folderLayout(entries.map((e) => e.path), isText)
    ctx.expect(entries.length)
    for (const entry of entries) {
      ctx.signal?.throwIfAborted()
      if (entry.refused !== null) yield { kind: 'skip', path: entry.path, reason: entry.refused }
      else if (!isText(entry.path)) yield { kind: 'skip', path: entry.path, reason: 'no .txt file' }
      else yield { kind: 'item', name: entry.path, file: entry.file, read: () => entry.read(), ...place(entry.path) }
    }
  },
}
