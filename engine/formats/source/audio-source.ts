// Recordings of a folder or an archive, and the tables that say what is in them.
import { parse } from 'csv-parse/sync'
import { posix } from 'node:path'
import { claimedAudio } from '../../audio/sniff.ts'
import { split as splitName } from '../../contract/recipe.ts'
import { extension } from '../../data/sniff.ts'
import type { Found, FoundItem, ReadContext } from '../format.ts'
import { delimiterOf, openCsv } from './csv.ts'
import { headOf, type Source } from './source.ts'
import type { Tree, TreeEntry } from './tree.ts'

const PATH_NAMES = ['path', 'file', 'filename', 'file_name', 'filepath', 'audio', 'wav', 'clip', 'name']
export const SPEAKER_NAMES = ['speaker', 'speaker_id', 'client_id', 'voice', 'reader']

/** Columns of a table of recordings; −1 where there is none of a sort. */
interface AudioColumns {
  readonly path: number
  /** Of the names asked for. */
  readonly label: number
  readonly speaker: number
  readonly split: number
}

/** Null where the rows are no table of recordings with a column of one of `labels`. `rows`: the header and some rows. */
function audioColumns(rows: readonly (readonly string[])[], labels: readonly string[]): AudioColumns | null {
  const [header = [], ...body] = rows
  if (header.some((cell) => claimedAudio(cell) !== null)) return null
  const names = header.map((name) => name.trim().toLowerCase())
  const isPath = (i: number): boolean => body.some((cells) => claimedAudio(cells[i] ?? '') !== null)
  const path = [...names.keys()].filter(isPath).sort((a, b) => Number(PATH_NAMES.includes(names[b] ?? '')) - Number(PATH_NAMES.includes(names[a] ?? '')))[0] ?? -1
  const find = (wanted: readonly string[]): number => wanted.map((name) => names.indexOf(name)).find((i) => i >= 0 && i !== path) ?? -1
  const label = find(labels)
  return path < 0 || label < 0 ? null : { path, label, speaker: find(SPEAKER_NAMES), split: find(['split', 'subset', 'set']) }
}

const isTable = (path: string): boolean => ['csv', 'tsv'].includes(extension(path))

function headRows(head: Uint8Array): string[][] {
  const text = new TextDecoder().decode(head)
  if (text.includes('\0')) return []
  try {
    return parse(text.slice(0, text.lastIndexOf('\n') + 1) || text, { bom: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: true, trim: true, delimiter: delimiterOf(text), to: 50 })
  } catch {
    return []
  }
}

/** The table in `tree` whose rows name recordings; the first where there are several. */
export async function tableIn(tree: Tree, labels: readonly string[]): Promise<TreeEntry | null> {
  for (const entry of tree.entries) {
    if (entry.refused !== null || !isTable(entry.path)) continue
    if (audioColumns(headRows(await headOf(await entry.stream())), labels)) return entry
  }
  return null
}

export async function isAudioTable(source: Source, labels: readonly string[]): Promise<boolean> {
  return source.kind === 'file' && claimedAudio(source.name) === null && audioColumns(headRows(await source.head()), labels) !== null
}

/** What a row's label cell becomes. */
export type LabelOf = (cell: string) => Pick<FoundItem, 'className' | 'label'>

interface TableRequest {
  readonly stream: AsyncIterable<Uint8Array>
  /** How the table is called in messages. */
  readonly name: string
  readonly tree: Tree
  /** Path of the table inside `tree`: paths in rows are relative to its folder. */
  readonly inTree: string
  readonly labels: readonly string[]
  readonly labelOf: LabelOf
  /** Whether the speaker is kept as the group that splits hold together. */
  readonly grouped: boolean
  readonly ctx: ReadContext
}

/** Yields the recordings that the rows name; rows that name none as skips. */
export async function* readAudioTable({ stream, name, tree, inTree, labels, labelOf, grouped, ctx }: TableRequest): AsyncGenerator<Found> {
  const table = await openCsv(stream, ctx.signal)
  const columns = audioColumns(table.sample.map(({ cells }) => cells), labels)
  if (!columns) {
    yield { kind: 'skip', path: name, reason: `no column of paths to recordings, or none named ${labels.join(', ')}` }
    return
  }
  const folder = posix.dirname(inTree)
  let header = true
  let last = 0
  try {
    for await (const { line, cells } of table.rows()) {
      ctx.signal?.throwIfAborted()
      last = line
      if (header) header = false
      else yield recording(cells, `${name} row ${line}`)
    }
  } catch (error) {
    if (ctx.signal?.aborted) throw error
    yield { kind: 'skip', path: `${name} row ${last + 1}`, reason: 'the file is damaged from here on' }
  }

  function recording(cells: readonly string[], where: string): Found {
    const { path, label, speaker, split } = columns ?? { path: -1, label: -1, speaker: -1, split: -1 }
    const given = (cells[path] ?? '').replaceAll('\\', '/')
    if (given === '') return { kind: 'skip', path: where, reason: 'no path' }
    const shown = `${where}: ${given.slice(0, 200)}`
    const target = posix.normalize(posix.join(folder, given))
    if (given.startsWith('/') || /^[a-z]:/i.test(given) || target.startsWith('../')) return { kind: 'skip', path: shown, reason: 'path leads out of the folder of the table' }
    const entry = tree.find(target)
    if (!entry) return { kind: 'skip', path: shown, reason: 'no such file' }
    if (entry.refused !== null) return { kind: 'skip', path: shown, reason: entry.refused }
    const who = cells[speaker] ?? ''
    const placed = splitName.safeParse(cells[split]?.toLowerCase())
    return { kind: 'item', name: target, file: entry.file, read: () => entry.read(), ...labelOf(cells[label] ?? ''), split: placed.success ? placed.data : null, ...(who !== '' && grouped && { meta: { speaker: who, group: who } }) }
  }
}
