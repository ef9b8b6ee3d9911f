// The recordings of a built-in speech sample: a zip with a table of what is said by whom.
import { createHash } from 'node:crypto'
import { LatheError } from '../contract/errors.ts'
import type { NamedLabel } from '../contract/label.ts'
import type { Split } from '../contract/recipe.ts'
import { probeAudio } from '../audio/decode.ts'
import type { NewSample } from '../data/new-sample.ts'
import { openCsv } from '../formats/source/csv.ts'
import { zipTree } from '../formats/source/zip-tree.ts'
import { samplePath } from './assets.ts'

export interface Recording {
  /** Path in the archive. */
  readonly file: string
  /** Cells of its row by column name. */
  readonly row: Readonly<Record<string, string>>
  readonly bytes: Uint8Array
}

/** All recordings of `archive` of sample `id`, in the order of `table`. */
export async function* recordings(id: string, archive: string, table: string): AsyncGenerator<Recording> {
  const tree = await zipTree(samplePath(id, archive))
  const damaged = (what: string): LatheError => new LatheError('corrupt', `the built-in sample '${id}' is damaged: ${what}. Install Lathe again`)
  try {
    const entry = tree.find(table)
    if (!entry) throw damaged(`${table} is missing`)
    let names: readonly string[] | null = null
    for await (const { cells } of (await openCsv(await entry.stream(), undefined)).rows()) {
      if (!names) {
        names = cells
        continue
      }
      const row = Object.fromEntries(names.map((name, i) => [name, cells[i] ?? '']))
      const file = row['file'] ?? ''
      const found = tree.find(file)
      if (!found) throw damaged(`${file} is missing`)
      yield { file, row, bytes: await found.read() }
    }
  } finally {
    tree.close()
  }
}

export interface Spoken {
  readonly name: string
  readonly bytes: Uint8Array
  readonly split: Split
  readonly className: string | null
  readonly label?: NamedLabel
  readonly speaker: string | null
}

/** A sample of the project; `group` lets splits keep a speaker together. */
export async function speechSample({ name, bytes, split, className, label, speaker }: Spoken): Promise<NewSample> {
  const { mime, channels, rate, seconds } = await probeAudio(bytes, name)
  return {
    name,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    ref: null,
    bytes: bytes.length,
    mime,
    width: 0,
    height: 0,
    channels,
    split,
    data: bytes,
    className,
    label: label ?? null,
    meta: { seconds: Math.round(1000 * seconds) / 1000, rate, ...(speaker !== null && { speaker, group: speaker }) },
  }
}
