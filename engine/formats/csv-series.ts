// CSV of one series: a time column, the value to forecast and further columns; one sample a row.
import { basename } from 'node:path'
import { LatheError } from '../contract/errors.ts'
import { split as splitName } from '../contract/recipe.ts'
import { extension } from '../data/sniff.ts'
import { axisOf, describeStep, formatTime, parseTime, type Time } from '../series/time.ts'
import { timeline } from '../series/timeline.ts'
import type { DataFormat, Found, ReadContext } from './format.ts'
import { openCsv, type CsvRow } from './source/csv.ts'
import { headRows, numberOf, timeColumns, type TimeColumns } from './source/time-columns.ts'

const VALUE_NAMES = ['value', 'y', 'target']

interface ReadRow {
  readonly line: number
  readonly time: Time
  readonly numbers: readonly number[]
  readonly split: string
}

/** The value first. */
function valuesFirst({ names, numbers }: TimeColumns): number[] {
  const value = numbers.find((c) => VALUE_NAMES.includes((names[c] ?? '').toLowerCase())) ?? numbers[0]
  return value === undefined ? [] : [value, ...numbers.filter((c) => c !== value)]
}

export const csvSeries: DataFormat = {
  title: 'CSV of a series',
  description: 'A column of times (dates, or numbers such as years), the value to forecast (named value, y or target, else the first column of numbers), and further columns of numbers as covariates; one row a step.',
  inputs: ['row'],
  tasks: ['series-forecast'],
  async match(source) {
    if (source.kind !== 'file' || !['csv', 'tsv', 'txt', 'gz'].includes(extension(source.name))) return false
    const columns = timeColumns(headRows(await source.head()))
    return columns.time >= 0 && columns.numbers.length > 0
  },
  async *read(source, ctx) {
    const table = await openCsv(await source.stream(), ctx.signal)
    const columns = timeColumns(table.sample)
    const chosen = valuesFirst(columns)
    const nameOf = (c: number): string => columns.names[c] ?? ''
    const splitColumn = columns.words.find((c) => nameOf(c).toLowerCase() === 'split') ?? -1
    const ignored = columns.words.filter((c) => c !== splitColumn)
    ctx.note(`${source.name}: time is '${nameOf(columns.time)}', the value is '${nameOf(chosen[0] ?? -1)}'${chosen.length > 1 ? `, covariates are '${chosen.slice(1).map(nameOf).join("', '")}'` : ''}${ignored.length > 0 ? `; '${ignored.map(nameOf).join("', '")}' hold no numbers and are left out` : ''}`)
    const rows: ReadRow[] = []
    let first = columns.header
    let last = 0
    try {
      for await (const row of table.rows()) {
        ctx.signal?.throwIfAborted()
        last = row.line
        if (first) {
          first = false
          continue
        }
        const read = readRow(row, columns, chosen, splitColumn)
        if (typeof read === 'string') yield { kind: 'skip', path: `${source.name} row ${row.line}`, reason: read }
        else rows.push(read)
      }
    } catch (error) {
      if (ctx.signal?.aborted) throw error
      yield { kind: 'skip', path: `${source.name} row ${last + 1}`, reason: 'the file is damaged from here on' }
    }
    noteSeries(rows, source.name, chosen.map(nameOf), ctx)
    yield* items(rows.filter((r) => Number.isFinite(r.numbers[0] ?? NaN)), basename(source.name), chosen.map(nameOf), ctx)
  },
}

/** Why it cannot be used, where it is a text. */
function readRow({ line, cells }: CsvRow, columns: TimeColumns, chosen: readonly number[], splitColumn: number): ReadRow | string {
  const cell = cells[columns.time] ?? ''
  const time = parseTime(cell, columns.order)
  if (!time) return cell === '' ? 'no time' : `'${cell.slice(0, 50)}' is no time`
  const numbers: number[] = []
  for (const c of chosen) {
    const value = numberOf(cells[c] ?? '')
    if (value === null) return `'${(cells[c] ?? '').slice(0, 50)}' in column '${columns.names[c] ?? ''}' is no number`
    numbers.push(value)
  }
  return { line, time, numbers, split: (cells[splitColumn] ?? '').toLowerCase() }
}

/** Tells of the step, of gaps, repeats and columns that never change. */
function noteSeries(rows: readonly ReadRow[], name: string, names: readonly string[], ctx: ReadContext): void {
  if (rows.length < 2) return
  names.forEach((column, i) => {
    const known = rows.map((r) => r.numbers[i] ?? NaN).filter(Number.isFinite)
    if (known.length === 0) ctx.note(`${name}: column '${column}' has no number in any row`)
    else if (known.every((v) => v === known[0])) ctx.note(`${name}: column '${column}' is ${known[0] ?? 0} in every row: it tells a model nothing`)
  })
  try {
    const sorted = [...new Map(rows.map((r) => [r.time.value, r.time])).values()].sort((a, b) => a.value - b.value)
    ctx.note(`${name}: one step is ${describeStep(axisOf(sorted))}`)
    for (const note of timeline(rows.map((r, id) => ({ id, time: r.time, values: r.numbers }))).notes) ctx.note(`${name}: ${note}`)
  } catch (error) {
    if (!(error instanceof LatheError)) throw error
    ctx.note(`${name}: ${error.message}`)
  }
}

function* items(rows: readonly ReadRow[], file: string, names: readonly string[], ctx: ReadContext): Generator<Found> {
  ctx.expect(rows.length)
  for (const { line, time, numbers, split } of rows) {
    const shown = formatTime(time)
    const covariates = Object.fromEntries(names.slice(1).map((name, i) => [name, Number.isFinite(numbers[i + 1] ?? NaN) ? (numbers[i + 1] ?? null) : null]))
    const value = numbers[0] ?? 0
    const content = new TextEncoder().encode(JSON.stringify({ time: shown, value, ...covariates }))
    const parsed = splitName.safeParse(split)
    yield { kind: 'item', name: `${file.replace(/\.[^.]+$/, '')}/${shown} (row ${line}).json`, file: null, read: () => Promise.resolve(content), className: null, label: { kind: 'number', value }, meta: { time: shown }, split: parsed.success ? parsed.data : null }
  }
}
