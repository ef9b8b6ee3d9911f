// Audio folder: each subfolder is a class, in a folder or a zip.
import { claimedAudio } from '../audio/sniff.ts'
import { isZip } from '../data/sniff.ts'
import type { DataFormat } from './format.ts'
import { folderLayout } from './source/layout.ts'
import { zipTree } from './source/zip-tree.ts'

const isAudio = (path: string): boolean => claimedAudio(path) !== null
/** Speech Commands names its files after who speaks: `0a7c2a8d_nohash_0.wav`. */
const SPEAKER = /(?:^|\/)([0-9a-f]{6,})_nohash_\d+\.wav$/

export const audioFolder: DataFormat = {
  title: 'Audio folder',
  description: 'A folder or zip whose subfolders are the classes; train/, val/ and test/ above them give the split.',
  inputs: ['audio'],
  tasks: ['keyword-spotting', 'speaker-identification'],
  async match(source) {
    if (source.kind === 'file') return claimedAudio(source.name) === null && isZip(await source.head())
    return (await source.tree()).entries.some((e) => e.path.includes('/') && isAudio(e.path))
  },
  async *read(source, ctx) {
    const tree = source.kind === 'folder' ? await source.tree() : await zipTree(source.file)
    try {
      const place = folderLayout(tree.entries.map((e) => e.path), isAudio)
      ctx.expect(tree.entries.length)
      for (const entry of tree.entries) {
        ctx.signal?.throwIfAborted()
        const speaker = SPEAKER.exec(entry.path)?.[1]
        if (entry.refused !== null) yield { kind: 'skip', path: entry.path, reason: entry.refused }
        else yield { kind: 'item', name: entry.path, file: entry.file, read: () => entry.read(), ...place(entry.path), ...(speaker !== undefined && { meta: { speaker, group: speaker } }) }
      }
    } finally {
      if (source.kind === 'file') tree.close()
    }
  },
}
