// Text files: each a text, without labels.
import { extension } from '../data/sniff.ts'
import type { DataFormat } from './format.ts'
import { splitOf } from './source/split-of.ts'
import { textFiles as filesOf } from './source/text-file.ts'

const ENDINGS = ['txt', 'text', 'md']

export const textFiles: DataFormat = {
  title: 'Text files',
  description: 'Single .txt or .md files (UTF-8) and loose folders of them, without labels; folders train/, val/ and test/ give the split.',
  inputs: ['text'],
  tasks: ['text-classification', 'text-tagging', 'translation'],
  match: async (source) => (source.kind === 'file' ? ENDINGS.includes(extension(source.name)) : (await filesOf(source, ENDINGS)).length > 0),
  async *read(source, ctx) {
    for (const { path, file, refused, read } of await filesOf(source, ENDINGS)) {
      ctx.signal?.throwIfAborted()
      if (refused !== null) yield { kind: 'skip', path, reason: refused }
      else yield { kind: 'item', name: path, file, read, className: null, split: splitOf(path) }
    }
  },
}
