// Which columns of a table are its time, its numbers and its words, judged by name and content.
import { parse } from 'csv-parse/sync'
import { dayOrder, parseTime, type DayOrder } from '../../series/time.ts'
import { delimiterOf, isNumber, type CsvRow } from './csv.ts'

const TIME_NAMES = ['time', 'date', 'datetime', 'timestamp', 'ds', 'year', 'month', 'week', 'day', 't', 'seconds', 'when']

export interface TimeColumns {
  readonly names: readonly string[]
  /** Whether the first row is a header. */
  readonly header: boolean
  /** -1 where there is none. */
  readonly time: number
  readonly order: DayOrder
  /** Columns of numbers, the time left out. */
  readonly numbers: readonly number[]
  /** Columns of anything else. */
  readonly words: readonly number[]
}

/** Cells that say that a value is missing. */
export const isMissing = (cell: string): boolean => ['', 'na', 'nan', 'n/a', 'null', 'none', '-', '?'].includes(cell.toLowerCase())

/** A time by name where its cells parse, else the first column of dates. */
export function timeColumns(sample: readonly CsvRow[]): TimeColumns {
  const first = sample[0]?.cells ?? []
  const anyTime = (cell: string): ReturnType<typeof parseTime> => parseTime(cell) ?? parseTime(cell, 'day-month')
  const header = first.some((cell) => cell !== '' && numberOf(cell) === null && anyTime(cell) === null)
  const body = sample.slice(header ? 1 : 0)
  const width = Math.max(0, ...sample.map((r) => r.cells.length))
  const names = Array.from({ length: width }, (_, i) => (header && first[i] ? first[i] : `column ${i + 1}`))
  const cellsOf = (column: number): string[] => body.map((r) => r.cells[column] ?? '').filter((cell) => !isMissing(cell))
  const share = (column: number, test: (cell: string) => boolean): number => {
    const cells = cellsOf(column)
    return cells.length === 0 ? 0 : cells.filter(test).length / cells.length
  }
  const columns = names.map((_, i) => i)
  const parses = (column: number): boolean => share(column, (cell) => anyTime(cell) !== null) > 0.5
  const isDate = (column: number): boolean => share(column, (cell) => anyTime(cell)?.kind === 'date') > 0.5
  const named = header ? columns.find((c) => TIME_NAMES.includes((names[c] ?? '').toLowerCase().trim()) && parses(c)) : undefined
  const time = named ?? columns.find(isDate) ?? -1
  const numbers = columns.filter((c) => c !== time && share(c, (cell) => numberOf(cell) !== null) > 0.5)
  return { names, header, time, order: time < 0 ? 'month-day' : dayOrder(cellsOf(time)), numbers, words: columns.filter((c) => c !== time && !numbers.includes(c)) }
}

/** NaN for a missing value, null for one that is no number. A comma is a decimal point, unless it may set off thousands. */
export function numberOf(cell: string): number | null {
  if (isMissing(cell)) return NaN
  if (/^[-+]?\d+,(\d{1,2}|\d{4,})$/.test(cell)) return Number(cell.replace(',', '.'))
  return isNumber(cell) ? Number(cell) : null
}

/** The first rows of a table; none where it is not text. */
export function headRows(head: Uint8Array): CsvRow[] {
  const text = new TextDecoder().decode(head)
  if (text.includes('\0')) return []
  try {
    const rows: string[][] = parse(text.slice(0, 64 * 1024), { bom: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: true, trim: true, delimiter: delimiterOf(text), to: 50 })
    return rows.map((cells, i) => ({ line: i + 1, cells }))
  } catch {
    return []
  }
}
