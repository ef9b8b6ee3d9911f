// Rows of a series as the project keeps them: JSON with a time, a value and covariates.
import { LatheError } from '../../contract/errors.ts'
import type { NumberedLabel } from '../../contract/label.ts'
import type { LoadSample } from '../../data/types.ts'
import { parseTime, type Time } from '../../series/time.ts'
import type { TimelineRow } from '../../series/timeline.ts'

/** Fields of a row that are no covariates. */
const OWN: ReadonlySet<string> = new Set(['time', 'value'])

export interface ForecastRow {
  readonly time: Time
  /** NaN where it is not known. */
  readonly value: number
  readonly covariates: Readonly<Record<string, number>>
}

/** Throws LatheError `data` naming what is wrong with the row. */
export function forecastRow(bytes: Uint8Array, label: NumberedLabel | null, name: string): ForecastRow {
  let row: unknown
  try {
    row = JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    row = null
  }
  if (typeof row !== 'object' || row === null || Array.isArray(row)) throw new LatheError('data', `${name} is no row of a series: expected JSON such as {"time":"2020-01-31","value":1.5}`)
  const { time: cell, value } = row as Readonly<Record<string, unknown>>
  const time = typeof cell === 'string' || typeof cell === 'number' ? parseTime(cell) : null
  if (!time) throw new LatheError('data', `${name}: its time ${JSON.stringify(cell)} is neither a date nor a number`)
  const covariates = Object.entries(row).filter(([key, v]) => !OWN.has(key) && (typeof v === 'number' || v === null)).map(([key, v]) => [key, v === null ? NaN : Number(v)] as const)
  return { time, value: label?.kind === 'number' ? label.value : typeof value === 'number' ? value : NaN, covariates: Object.fromEntries(covariates) }
}

/** One row of a timeline: the value, then `covariates` in their order, NaN where the row has none. */
export function timelineRow(sample: LoadSample, bytes: Uint8Array, covariates: readonly string[]): TimelineRow {
  const row = forecastRow(bytes, sample.label, `sample ${sample.id}`)
  return { id: sample.id, time: row.time, values: [row.value, ...covariates.map((c) => row.covariates[c] ?? NaN)] }
}
