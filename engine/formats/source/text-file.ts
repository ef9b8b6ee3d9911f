// Formats of texts that stand in single files: which files of a source are theirs.
import { extension } from '../../data/sniff.ts'
import type { Source } from './source.ts'
import { headOf } from './source.ts'

export interface TextFile {
  readonly path: string
  /** Absolute path; null inside an archive. */
  readonly file: string | null
  readonly refused: string | null
  readonly stream: () => Promise<AsyncIterable<Uint8Array>>
  readonly read: () => Promise<Uint8Array>
}

/** The file itself, or all files of a folder with one of the endings. */
export async function textFiles(source: Source, endings: readonly string[]): Promise<readonly TextFile[]> {
  if (source.kind === 'folder') return (await source.tree()).entries.filter((e) => endings.includes(extension(e.path))).map((e) => ({ path: e.path, file: e.file, refused: e.refused, stream: () => e.stream(), read: () => e.read() }))
  return [{ path: source.name.replace(/\.gz$/i, ''), file: source.file, refused: null, stream: () => source.stream(), read: async () => await whole(await source.stream()) }]
}

async function whole(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for await (const part of stream) parts.push(part)
  return new Uint8Array(Buffer.concat(parts))
}

/** The head of the first file that may be read; empty without one. */
export async function headOfFirst(source: Source, endings: readonly string[]): Promise<Uint8Array> {
  if (source.kind === 'file') return endings.includes(extension(source.name.replace(/\.gz$/i, ''))) ? await source.head() : new Uint8Array(0)
  const first = (await textFiles(source, endings)).find((f) => f.refused === null)
  return first ? await headOf(await first.stream()) : new Uint8Array(0)
}
