// Zip archive: images in class folders, or tables and what they name.
import { claimedFormat, isZip } from '../data/sniff.ts'
import type { DataFormat } from './format.ts'
import { readArchive } from './source/read-tree.ts'
import { zipTree } from './source/zip-tree.ts'

export const zip: DataFormat = {
  title: 'Zip archive',
  description: 'A zip of an image folder, or of a CSV of pixels or of paths and labels.',
  inputs: ['image'],
  async match(source) {
    return source.kind === 'file' && claimedFormat(source.name) === null && isZip(await source.head())
  },
  async *read(source, ctx) {
    const tree = await zipTree(source.file)
    try {
      yield* readArchive(tree, ctx)
    } finally {
      tree.close()
    }
  },
}
