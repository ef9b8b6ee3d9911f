// Audio files: single recordings, or a folder or zip of them; a text file of the same name beside one is its transcript.
import { readFile, stat } from 'node:fs/promises'
import { audioFormat, claimedAudio } from '../audio/sniff.ts'
import { extension, isZip } from '../data/sniff.ts'
import type { DataFormat, Found } from './format.ts'
import { MAX_FILE, type Tree } from './source/tree.ts'
import { zipTree } from './source/zip-tree.ts'

const MOST_TEXT = 1_000_000
const transcriptPath = (path: string): string => path.replace(/\.[^./]+$/, '.txt')

async function* readTree(tree: Tree): AsyncGenerator<Found> {
  const beside = new Set(tree.entries.filter(({ path }) => claimedAudio(path) !== null).map(({ path }) => transcriptPath(path)))
  for (const entry of tree.entries) {
    if (entry.refused !== null) {
      yield { kind: 'skip', path: entry.path, reason: entry.refused }
      continue
    }
    if (extension(entry.path) === 'txt' && beside.has(entry.path)) continue
    const text = claimedAudio(entry.path) === null ? undefined : tree.find(transcriptPath(entry.path))
    const said = text?.refused === null ? new TextDecoder().decode(await text.read()).trim().slice(0, MOST_TEXT) : ''
    yield { kind: 'item', name: entry.path, file: entry.file, read: () => entry.read(), className: null, label: said === '' ? null : { kind: 'text', text: said }, split: null }
  }
}

export const audioFiles: DataFormat = {
  title: 'Audio files',
  description: 'Single recordings, or a folder or zip of them. For speech to text, words.txt beside words.wav is its transcript; other labels are given later.',
  inputs: ['audio'],
  async match(source) {
    if (source.kind === 'folder') return true
    const head = await source.head()
    return claimedAudio(source.name) !== null || audioFormat(head) !== null || isZip(head)
  },
  async *read(source, ctx) {
    if (source.kind === 'folder') {
      const tree = await source.tree()
      ctx.expect(tree.entries.length)
      yield* readTree(tree)
    } else if (isZip(await source.head())) {
      const tree = await zipTree(source.file)
      try {
        yield* readTree(tree)
      } finally {
        tree.close()
      }
    } else {
      ctx.expect(1)
      if ((await stat(source.file)).size > MAX_FILE) yield { kind: 'skip', path: source.path, reason: 'over 1 GB' }
      else yield { kind: 'item', name: source.name, file: source.file, read: () => readFile(source.file), className: null, split: null }
    }
  },
}
