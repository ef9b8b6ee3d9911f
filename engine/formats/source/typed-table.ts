// Tables of plain cells: header, column types, target and split columns found from the rows; CSV and TSV, JSON lines alike.
import { LatheError } from '../../contract/errors.ts'
import type { Split } from '../../contract/recipe.ts'
import { compactDays, daysOf, isDateName } from '../../data/table/dates.ts'
import type { Cell } from '../../data/table/row.ts'
import { isNumber, type CsvTable } from './csv.ts'

export interface TableRow {
  readonly line: number
  /** In the order of `columns`; null where missing. */
  readonly cells: readonly Cell[]
}
export interface TypedTable {
  readonly columns: readonly string[]
  /** Yields rows, and lines that are none with the reason. */
  rows(): AsyncGenerator<TableRow | { readonly line: number; readonly reason: string }>
}

/** What the reader of a table tells at its end: cells that did not fit their column. */
export type TableNote = (message: string) => void

const MISSING_WORDS: ReadonlySet<string> = new Set(['', 'na', 'n/a', '#n/a', 'nan', 'null', 'none', 'nil', '?', '-', '--', '.', 'inf', '-inf', 'infinity', '-infinity'])
const TARGET_NAMES = ['target', 'label', 'labels', 'class', 'y', 'outcome', 'species', 'diagnosis', 'category']
const SPLITS: Readonly<Record<string, Split>> = { train: 'train', training: 'train', val: 'val', valid: 'val', validation: 'val', dev: 'val', test: 'test', testing: 'test' }

type ColumnType = 'number' | 'comma' | 'compact-date' | 'text'

function isMissing(cell: string): boolean {
  return MISSING_WORDS.has(cell.toLowerCase())
}

/** Types come from the first rows; a later cell that does not fit a column of numbers counts as missing, and `note` says how many did. */
export function typedCsv(table: CsvTable, note: TableNote): TypedTable {
  const width = mostFrequent(table.sample.map((row) => row.cells.length))
  const header = hasHeader(table, width)
  const body = table.sample.slice(header ? 1 : 0).filter((row) => row.cells.length === width)
  const columns = named(header ? (table.sample[0]?.cells ?? []) : [], width)
  const types = columns.map((name, j) => columnType(name, body.map((row) => row.cells[j] ?? '')))
  return {
    columns,
    rows: async function* () {
      const unfit = columns.map(() => 0)
      let skipHeader = header
      for await (const { line, cells } of table.rows()) {
        if (skipHeader) {
          skipHeader = false
          continue
        }
        // One empty cell too many is a delimiter at the end of the line.
        if (cells.length !== width && !(cells.length === width + 1 && cells.at(-1) === '')) {
          yield { line, reason: `${cells.length} ${cells.length === 1 ? 'cell' : 'cells'}, the table has ${width} columns` }
          continue
        }
        yield { line, cells: columns.map((_, j) => {
          const text = cells[j] ?? ''
          const cell = typedCell(text, types[j] ?? 'text')
          if (cell === null && !isMissing(text)) unfit[j] = (unfit[j] ?? 0) + 1
          return cell
        }) }
      }
      columns.forEach((name, j) => {
        const n = unfit[j] ?? 0
        if (n > 0) note(`column '${name}': ${n} ${n === 1 ? 'cell is no number and counts' : 'cells are no numbers and count'} as missing`)
      })
    },
  }
}

function typedCell(text: string, type: ColumnType): Cell {
  if (isMissing(text)) return null
  if (type === 'text') return text
  if (type === 'compact-date') {
    const days = compactDays(text)
    return days === null ? null : new Date(days * 86_400_000).toISOString().slice(0, 10)
  }
  const plain = type === 'comma' ? text.replace(',', '.') : text
  return isNumber(plain) ? Number(plain) : null
}

/** A column is of numbers where at least 95 % of its cells are; a stray word in it is a gap then. */
function columnType(name: string, cells: readonly string[]): ColumnType {
  const present = cells.filter((cell) => !isMissing(cell))
  if (present.length === 0) return 'text'
  const share = (test: (cell: string) => boolean): number => present.filter(test).length / present.length
  if (isDateName(name) && share((cell) => compactDays(cell) !== null) === 1) return 'compact-date'
  if (share(isNumber) >= 0.95) return 'number'
  if (share((cell) => /^[+-]?\d+(,\d+)?$/.test(cell)) >= 0.95) return 'comma'
  return 'text'
}

/** A header has a different, non-empty word in each cell that is no number, and does not read like the rows below. */
function hasHeader(table: CsvTable, width: number): boolean {
  const [first, ...rest] = table.sample
  if (!first || rest.length === 0 || first.cells.length !== width) return false
  const cells = first.cells.slice(0, width)
  if (cells.some((cell) => isMissing(cell) || isNumber(cell) || daysOf(cell) !== null)) return false
  if (new Set(cells).size < cells.length) return false
  const below = rest.slice(0, 100)
  return cells.some((_, j) => below.some((row) => isNumber(row.cells[j] ?? ''))) || cells.every((cell, j) => !below.some((row) => row.cells[j] === cell))
}

function named(cells: readonly string[], width: number): string[] {
  return Array.from({ length: width }, (_, j) => cells[j] ?? `column ${j + 1}`)
}

/** Rows of JSON objects, one a line; the columns are all that the first thousand have. */
export function typedObjects(objects: readonly { readonly line: number; readonly value: Readonly<Record<string, unknown>> }[]): TypedTable {
  const columns = [...new Set(objects.slice(0, 1000).flatMap(({ value }) => Object.keys(value)))]
  return {
    columns,
    rows: async function* () {
      await Promise.resolve()
      for (const { line, value } of objects) {
        const nested = Object.entries(value).find(([, cell]) => typeof cell === 'object' && cell !== null)
        if (nested) yield { line, reason: `column '${nested[0]}' holds ${Array.isArray(nested[1]) ? 'a list' : 'an object'}: a table has plain cells` }
        else yield { line, cells: columns.map((name) => jsonCell(value[name])) }
      }
    },
  }
}

function jsonCell(value: unknown): Cell {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value === 'boolean') return String(value)
  return typeof value === 'string' && !isMissing(value) ? value : null
}

/**
 * Which column is to be predicted: the one asked for, one with a telling name, or the last.
 * @throws {LatheError} `usage` where the one asked for is not there.
 */
export function targetColumn(columns: readonly string[], asked: string | null): number {
  if (asked !== null) {
    const found = columns.findIndex((name) => name.toLowerCase() === asked.toLowerCase())
    if (found < 0) throw new LatheError('usage', `there is no column '${asked}'; there are: ${columns.slice(0, 30).join(', ')}`)
    return found
  }
  for (const wanted of TARGET_NAMES) {
    const found = columns.findIndex((name) => name.toLowerCase() === wanted)
    if (found >= 0) return found
  }
  return columns.length - 1
}

export const splitColumn = (columns: readonly string[]): number => columns.findIndex((name) => /^(split|subset|fold)$/i.test(name))
export const splitOf = (cell: Cell | undefined): Split | null => (typeof cell === 'string' ? (SPLITS[cell.toLowerCase()] ?? null) : null)

function mostFrequent(values: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const v of values) counts.set(v, (counts.get(v) ?? 0) + 1)
  return [...counts].reduce((best, c) => (c[1] > best[1] ? c : best), [0, 0])[0]
}
