// Image files: single files, or a folder of them, without labels.
import { claimedFormat, imageFormat } from '../data/sniff.ts'
import type { DataFormat } from './format.ts'
import { MAX_FILE } from './source/tree.ts'
import { readFile, stat } from 'node:fs/promises'

export const imageFiles: DataFormat = {
  title: 'Image files',
  description: 'Single images, or a folder of images without subfolders; labels are given later.',
  inputs: ['image'],
  async match(source) {
    if (source.kind === 'folder') return true
    return claimedFormat(source.name) !== null || imageFormat(await source.head()) !== null
  },
  async *read(source, ctx) {
    if (source.kind === 'file') {
      ctx.expect(1)
      if ((await stat(source.file)).size > MAX_FILE) yield { kind: 'skip', path: source.path, reason: 'over 1 GB' }
      else yield { kind: 'item', name: source.name, file: source.file, read: () => readFile(source.file), className: null, split: null }
      return
    }
    const { entries } = await source.tree()
    ctx.expect(entries.length)
    for (const entry of entries) {
      if (entry.refused !== null) yield { kind: 'skip', path: entry.path, reason: entry.refused }
      else yield { kind: 'item', name: entry.path, file: entry.file, read: () => entry.read(), className: null, split: null }
    }
  },
}
