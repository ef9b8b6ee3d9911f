// Numbers against numbers: RMSE, MAE and R², with intervals.
import { LatheError } from '../contract/errors.ts'
import type { Interval } from './metric.ts'
import { resample } from './resample.ts'

export interface NumberScore {
  readonly samples: number
  readonly metrics: Readonly<Record<string, number>>
  readonly intervals: Readonly<Record<string, Interval>>
}

/** R² = 1 − Σ (y − ŷ)² / Σ (y − ȳ)²; not a number where all truths are equal. `rows` may repeat. */
export function numberMetrics(truth: ArrayLike<number>, predicted: ArrayLike<number>, rows: ArrayLike<number>): { rmse: number; mae: number; r2: number } {
  let mean = 0
  for (let i = 0; i < rows.length; i++) mean += (truth[rows[i] ?? 0] ?? NaN) / rows.length
  let square = 0
  let absolute = 0
  let total = 0
  for (let i = 0; i < rows.length; i++) {
    const y = truth[rows[i] ?? 0] ?? NaN
    const d = y - (predicted[rows[i] ?? 0] ?? NaN)
    square += d * d
    absolute += Math.abs(d)
    total += (y - mean) ** 2
  }
  return { rmse: Math.sqrt(square / rows.length), mae: absolute / rows.length, r2: total > 0 ? 1 - square / total : NaN }
}

/** Throws LatheError `data` where no row has a truth (NaN: none). */
export function numberScore(truth: ArrayLike<number>, predicted: ArrayLike<number>, seed: number): NumberScore {
  const rows = Int32Array.from({ length: truth.length }, (_, i) => i).filter((i) => Number.isFinite(truth[i]))
  if (rows.length === 0) throw new LatheError('data', `none of the ${truth.length} rows has a number to compare with: label some of this split to measure on it`)
  const metrics = finite(numberMetrics(truth, predicted, rows))
  const intervals = resample(rows.length, (drawn) => numberMetrics(truth, predicted, drawn.map((i) => rows[i] ?? 0)), seed)
  return { samples: rows.length, metrics, intervals: Object.fromEntries(Object.entries(intervals).filter(([name]) => name in metrics)) }
}

const finite = (values: Readonly<Record<string, number>>): Record<string, number> => Object.fromEntries(Object.entries(values).filter(([, v]) => Number.isFinite(v)))
