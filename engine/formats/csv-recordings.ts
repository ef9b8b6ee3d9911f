// CSV of recordings: one row a step, with the recording's id; channels, time, label and split in columns.
import { basename } from 'node:path'
import { split as splitName } from '../contract/recipe.ts'
import { extension } from '../data/sniff.ts'
import type { DataFormat, Found, ReadContext } from './format.ts'
import { openCsv, type CsvRow } from './source/csv.ts'
import { seriesOfRows } from './source/series-table.ts'
import { headRows, timeColumns, type TimeColumns } from './source/time-columns.ts'

const ID_NAMES = ['id', 'series', 'series_id', 'recording', 'recording_id', 'sample', 'sample_id', 'sequence', 'window', 'trial']
const LABEL_NAMES = ['label', 'class', 'classname', 'class_name', 'category', 'target', 'activity', 'gesture']

interface Layout {
  readonly columns: TimeColumns
  readonly id: number
  readonly label: number
  readonly split: number
  readonly channels: readonly number[]
}

function layoutOf(sample: readonly CsvRow[]): Layout | null {
  const columns = timeColumns(sample)
  const find = (names: readonly string[]): number => columns.names.findIndex((n) => names.includes(n.toLowerCase()))
  const id = find(ID_NAMES)
  if (!columns.header || id < 0 || id === columns.time) return null
  const [label, split] = [find(LABEL_NAMES), find(['split'])]
  const channels = columns.numbers.filter((c) => c !== id && c !== label && c !== split)
  return channels.length === 0 ? null : { columns, id, label, split, channels }
}

export const csvRecordings: DataFormat = {
  title: 'CSV of recordings',
  description: 'One row a step: a column named id (or series, recording, window …), columns of numbers as channels, and where there are such a time, a label and a split column.',
  inputs: ['series'],
  async match(source) {
    if (source.kind !== 'file' || !['csv', 'tsv', 'txt', 'gz'].includes(extension(source.name))) return false
    return layoutOf(headRows(await source.head())) !== null
  },
  async *read(source, ctx) {
    const table = await openCsv(await source.stream(), ctx.signal)
    const layout = layoutOf(table.sample)
    if (!layout) return
    const { columns, channels } = layout
    const nameOf = (c: number): string => columns.names[c] ?? ''
    ctx.note(`${source.name}: channels are '${channels.map(nameOf).join("', '")}'${layout.label < 0 ? '; there is no label column' : ''}`)
    const groups = new Map<string, CsvRow[]>()
    let first = true
    let last = 0
    try {
      for await (const row of table.rows()) {
        last = row.line
        const isHeader = first
        first = false
        if (isHeader) continue
        const id = row.cells[layout.id] ?? ''
        const rows = groups.get(id)
        if (rows) rows.push(row)
        else groups.set(id, [row])
      }
    } catch (error) {
      if (ctx.signal?.aborted) throw error
      yield { kind: 'skip', path: `${source.name} row ${last + 1}`, reason: 'the file is damaged from here on' }
    }
    noteConstant(groups, layout, source.name, ctx)
    ctx.expect(groups.size)
    for (const [id, rows] of groups) yield recording(id, rows, layout, basename(source.name))
  },
}

function recording(id: string, rows: readonly CsvRow[], { columns, label, split, channels }: Layout, file: string): Found {
  const path = `${file} recording ${id === '' ? 'without id' : id}`
  if (id === '') return { kind: 'skip', path, reason: `${rows.length} rows have no id` }
  const labels = [...new Set(rows.map((r) => r.cells[label] ?? '').filter((cell) => label >= 0 && cell !== ''))]
  if (labels.length > 1) return { kind: 'skip', path, reason: `its rows name several classes: ${labels.slice(0, 3).join(', ')}` }
  const bytes = seriesOfRows(rows, columns, channels)
  if (typeof bytes === 'string') return { kind: 'skip', path, reason: bytes }
  const parsed = splitName.safeParse((rows[0]?.cells[split] ?? '').toLowerCase())
  return { kind: 'item', name: `${file.replace(/\.[^.]+$/, '')}/${id}.json`, file: null, read: () => Promise.resolve(bytes), className: labels[0] ?? null, split: parsed.success ? parsed.data : null }
}

function noteConstant(groups: ReadonlyMap<string, readonly CsvRow[]>, { columns, channels }: Layout, name: string, ctx: ReadContext): void {
  for (const c of channels) {
    let value: string | null = null
    let same = true
    for (const rows of groups.values()) for (const { cells } of rows) {
      const cell = cells[c] ?? ''
      value ??= cell
      if (cell !== value) same = false
    }
    if (same && value !== null) ctx.note(`${name}: column '${columns.names[c] ?? ''}' is ${value} in every row: it tells a model nothing`)
  }
}
