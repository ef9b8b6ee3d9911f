// Encoding: rows to the tensors that the graph takes, and to the plain features of shallow models.
import type { RowColumn, RowInput } from '../../contract/inputs/row.ts'
import { matrix, type Matrix } from '../../shallow/matrix.ts'
import { MISSING } from './columns.ts'
import { daysOf } from './dates.ts'
import type { Cell, Row } from './row.ts'

export const numberColumns = (input: RowInput): Exclude<RowColumn, { type: 'category' }>[] => input.columns.filter((c) => c.type !== 'category')
export const categoryColumns = (input: RowInput): Extract<RowColumn, { type: 'category' }>[] => input.columns.filter((c) => c.type === 'category')

/** The number of a cell as the graph takes it: days for dates; NaN where it is missing or no number. */
export function numberOf(column: Exclude<RowColumn, { type: 'category' }>, cell: Cell | undefined): number {
  if (cell === null || cell === undefined) return NaN
  if (column.type === 'date') return daysOf(String(cell)) ?? NaN
  if (typeof cell === 'number') return cell
  return cell.trim() === '' ? NaN : Number(cell)
}

/** Code of a value: 1 for the first of `values`, 0 for all that training did not see. */
export class Codes {
  readonly #codes: ReadonlyMap<string, number>

  constructor(values: readonly string[]) {
    this.#codes = new Map(values.map((value, i) => [value, i + 1]))
  }

  of(cell: Cell | undefined): number {
    return this.#codes.get(cell === null || cell === undefined ? MISSING : String(cell)) ?? 0
  }
}

export interface EncodedRows {
  /** Row-major [rows, number and date columns]; NaN where missing. */
  readonly numbers: Float32Array
  /** Row-major [rows, category columns]. */
  readonly codes: BigInt64Array
}

export function encodeRows(rows: readonly Row[], input: RowInput): EncodedRows {
  const numeric = numberColumns(input)
  const categories = categoryColumns(input).map((column) => ({ name: column.name, codes: new Codes(column.values) }))
  const numbers = new Float32Array(rows.length * numeric.length)
  const codes = new BigInt64Array(rows.length * categories.length)
  rows.forEach((row, i) => {
    numeric.forEach((column, j) => {
      numbers[i * numeric.length + j] = numberOf(column, row[column.name])
    })
    categories.forEach((column, j) => {
      codes[i * categories.length + j] = BigInt(column.codes.of(row[column.name]))
    })
  })
  return { numbers, codes }
}

const CYCLE_DAYS = { year: 365.2425, week: 7, day: 1 } as const
export const cycleDays = (cycle: keyof typeof CYCLE_DAYS): number => CYCLE_DAYS[cycle]

/** Features of shallow models: numbers as they are with gaps filled, dates as days and cycles, one column for each value of a category. */
export function rowFeatures(rows: readonly Row[], input: RowInput): { readonly x: Matrix; readonly names: readonly string[] } {
  const parts = input.columns.map(featuresOf)
  return { x: matrix(rows.map((row) => parts.flatMap((part) => part.of(row)))), names: parts.flatMap((part) => part.names) }
}

function featuresOf(column: RowColumn): { readonly names: readonly string[]; of(row: Row): number[] } {
  if (column.type === 'category') {
    const codes = new Codes(column.values)
    return { names: column.values.map((value) => `${column.name} = ${value}`), of: (row) => column.values.map((_, i) => (codes.of(row[column.name]) === i + 1 ? 1 : 0)) }
  }
  const read = (row: Row): number => numberOf(column, row[column.name])
  if (column.type === 'number') {
    return { names: column.missing ? [column.name, `${column.name} missing`] : [column.name], of: (row) => {
      const value = read(row)
      const shown = Number.isNaN(value) ? column.fill : value
      return column.missing ? [shown, Number.isNaN(value) ? 1 : 0] : [shown]
    } }
  }
  return { names: [column.name, ...column.cycles.flatMap((cycle) => [`${column.name}: sine of the ${cycle}`, `${column.name}: cosine of the ${cycle}`])], of: (row) => {
    const value = read(row)
    const days = Number.isNaN(value) ? column.fill : value
    return [days, ...column.cycles.flatMap((cycle) => [Math.sin((2 * Math.PI * days) / cycleDays(cycle)), Math.cos((2 * Math.PI * days) / cycleDays(cycle))])]
  } }
}
