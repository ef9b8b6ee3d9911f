// Image folder: each subfolder is a class.
import { claimedFormat } from '../data/sniff.ts'
import type { DataFormat } from './format.ts'
import { readFolders } from './source/read-tree.ts'

export const imageFolder: DataFormat = {
  title: 'Image folder',
  description: 'A folder whose subfolders are the classes; train/, val/ and test/ above them give the split.',
  inputs: ['image'],
  async match(source) {
    if (source.kind !== 'folder') return false
    const { entries } = await source.tree()
    return entries.some((e) => e.path.includes('/') && claimedFormat(e.path) !== null)
  },
  async *read(source, ctx) {
    yield* readFolders(await source.tree(), ctx)
  },
}
