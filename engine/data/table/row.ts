// Row: one row of a table as stored, JSON of columns without the target.
import { DecodeError } from '../decode-error.ts'

export type Cell = string | number | null
export type Row = Readonly<Record<string, Cell>>

/** Distinguishes rows that are equal in all columns, since samples with the same bytes are one sample; no column of the data. */
export const REPEAT = '#'

const MOST_BYTES = 1024 * 1024

/** @throws {DecodeError} for bytes that are no JSON object of plain cells. */
export function parseRow(bytes: Uint8Array): Row {
  if (bytes.length > MOST_BYTES) throw new DecodeError('a row of over 1 MB')
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new DecodeError('not a row: expected a JSON object such as {"age": 31, "city": "Oslo"}')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new DecodeError(`not a row: expected a JSON object of columns, found ${Array.isArray(value) ? 'a list' : JSON.stringify(value)}`)
  const cells = Object.entries(value).filter(([name]) => name !== REPEAT)
  if (cells.length === 0) throw new DecodeError('a row without columns')
  return Object.fromEntries(cells.map(([name, cell]) => [name, cellOf(name, cell)]))
}

function cellOf(name: string, cell: unknown): Cell {
  if (cell === null || typeof cell === 'string') return cell
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : null
  if (typeof cell === 'boolean') return String(cell)
  throw new DecodeError(`column '${name}' holds ${Array.isArray(cell) ? 'a list' : 'an object'}: expected a number, a text or null`)
}

/** The bytes of a row; `repeat` counts the equal rows before it. */
export function rowBytes(row: Row, repeat = 0): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(repeat > 0 ? { ...row, [REPEAT]: repeat + 1 } : row))
}
