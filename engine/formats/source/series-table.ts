// Rows of numbers to the JSON of one series: channels side by side, on an even clock where a time column says when.
import { LatheError } from '../../contract/errors.ts'
import { parseTime } from '../../series/time.ts'
import { timeline, type TimelineRow } from '../../series/timeline.ts'
import type { CsvRow } from './csv.ts'
import { numberOf, type TimeColumns } from './time-columns.ts'

/**
 * @param channels columns of the values.
 * @returns the bytes, or why there are none.
 */
export function seriesOfRows(rows: readonly CsvRow[], columns: TimeColumns, channels: readonly number[]): Uint8Array | string {
  const names = channels.map((c) => columns.names[c] ?? '')
  const read: { values: number[]; cells: readonly string[] }[] = []
  for (const { line, cells } of rows) {
    const values: number[] = []
    for (const c of channels) {
      const value = numberOf(cells[c] ?? '')
      if (value === null) return `row ${line}: '${(cells[c] ?? '').slice(0, 50)}' in column '${columns.names[c] ?? ''}' is no number`
      values.push(value)
    }
    read.push({ values, cells })
  }
  const bytes = (values: readonly (readonly (number | null)[])[], rate: number | null): Uint8Array => new TextEncoder().encode(JSON.stringify({ channels: names, values, ...(rate !== null && { rate }) }))
  if (columns.time < 0) return bytes(channels.map((_, i) => read.map(({ values }) => (Number.isFinite(values[i] ?? NaN) ? (values[i] ?? null) : null))), null)
  const timed: TimelineRow[] = []
  for (const [id, { values, cells }] of read.entries()) {
    const time = parseTime(cells[columns.time] ?? '', columns.order)
    if (!time) return `row ${rows[id]?.line ?? 0}: '${(cells[columns.time] ?? '').slice(0, 50)}' is no time`
    timed.push({ id, time, values })
  }
  try {
    const line = timeline(timed)
    // Plain numbers are seconds.
    const seconds = line.axis.unit === 'millisecond' ? line.axis.step / 1000 : line.axis.unit === 'number' ? line.axis.step : null
    return bytes(line.columns.map((column) => Array.from(column, (v) => Number(v.toPrecision(9)))), seconds === null ? null : Number((1 / seconds).toPrecision(6)))
  } catch (error) {
    if (error instanceof LatheError) return error.message
    throw error
  }
}
