// Texts in passages: what a language model learns from, long files cut between paragraphs.
import { stat } from 'node:fs/promises'
import { passages } from '../data/passages.ts'
import { extension } from '../data/sniff.ts'
import type { DataFormat, Found } from './format.ts'
import { headLines, linesOf } from './source/lines.ts'
import { splitOf } from './source/split-of.ts'

const EXTENSIONS: ReadonlySet<string> = new Set(['txt', 'text', 'md', 'markdown', 'rst'])
const isText = (path: string): boolean => EXTENSIONS.has(extension(path))
/** Larger files are refused: they would have to be held whole. */
const MOST = 256 * 1024 * 1024

export const textPassages: DataFormat = {
  title: 'Texts in passages',
  description: 'Plain text files (UTF-8), each cut between paragraphs into passages of up to 1,500 characters; folders train/, val/ and test/ give the split.',
  inputs: ['text'],
  tasks: ['language-model'],
  async match(source) {
    if (source.kind === 'file') return isText(source.name.replace(/\.gz$/i, '')) || (extension(source.name) === '' && headLines(await source.head()).length > 0)
    return (await source.tree()).entries.some((e) => isText(e.path))
  },
  async *read(source, ctx) {
    if (source.kind === 'file') {
      if ((await stat(source.file)).size > MOST) yield { kind: 'skip', path: source.name, reason: 'over 256 MB: cut it into several files' }
      else yield* cut(source.name.replace(/\.gz$/i, ''), await source.stream())
      return
    }
    for (const entry of (await source.tree()).entries) {
      ctx.signal?.throwIfAborted()
      if (entry.refused !== null) yield { kind: 'skip', path: entry.path, reason: entry.refused }
      else if (!isText(entry.path)) yield { kind: 'skip', path: entry.path, reason: 'no text file' }
      else if (entry.file !== null && (await stat(entry.file)).size > MOST) yield { kind: 'skip', path: entry.path, reason: 'over 256 MB: cut it into several files' }
      else yield* cut(entry.path, await entry.stream())
    }
  },
}

async function* cut(path: string, stream: AsyncIterable<Uint8Array>): AsyncGenerator<Found> {
  const lines: string[] = []
  try {
    for await (const { text } of linesOf(stream)) lines.push(text)
  } catch (error) {
    yield { kind: 'skip', path, reason: error instanceof Error ? error.message : String(error) }
    return
  }
  const found = passages(lines.join('\n'))
  if (found.length === 0) yield { kind: 'skip', path, reason: 'the text is empty' }
  const digits = Math.max(2, String(found.length).length)
  const stem = path.replace(/\.[^./]*$/, '')
  for (const [i, text] of found.entries()) {
    const name = found.length === 1 ? path : `${stem}/${String(i + 1).padStart(digits, '0')}.txt`
    yield { kind: 'item', name, file: null, read: () => Promise.resolve(new TextEncoder().encode(text)), className: null, label: { kind: 'none' }, meta: { source: path, passage: i + 1 }, split: splitOf(path) }
  }
}
