// Rating: who, what and when, as stored: JSON of user and item, without the stars.
import { DecodeError } from '../decode-error.ts'
import { parseRow } from './row.ts'

export interface Rating {
  readonly user: string
  readonly item: string
  /** Days, seconds or a count: only the order matters. */
  readonly time: string | number | null
}

/** @throws {DecodeError} for bytes without a user and an item. */
export function parseRating(bytes: Uint8Array): Rating {
  const row = parseRow(bytes)
  const text = (name: string): string => {
    const cell = row[name]
    if (cell === null || cell === undefined || cell === '') throw new DecodeError(`not a rating: '${name}' is missing; expected {"user": …, "item": …}`)
    return String(cell)
  }
  return { user: text('user'), item: text('item'), time: row['time'] ?? null }
}
