// All metrics of a set of predictions with their intervals, class by class, and the confusion matrix.
import { LatheError } from '../contract/errors.ts'
import { bootstrap } from './bootstrap.ts'
import { classScores, confusion, type ClassScores } from './confusion.ts'
import { metrics } from './index.ts'
import type { Interval, MetricDef } from './metric.ts'
import type { Predictions } from './predictions.ts'

export interface Score {
  /** Labelled samples. */
  readonly samples: number
  /** By bare name: `accuracy`. */
  readonly metrics: Readonly<Record<string, number>>
  /** 95 %: Wilson for accuracy, percentile bootstrap for the rest. */
  readonly intervals: Readonly<Record<string, Interval>>
  readonly classes: readonly ClassScores[]
  /** confusion[label][predicted]. */
  readonly confusion: readonly (readonly number[])[]
}

/** Throws LatheError `data` where no sample is labelled. */
export function score(predictions: Predictions, seed: number): Score {
  const { classes, labels, count } = predictions
  const rows = Int32Array.from({ length: count }, (_, i) => i).filter((i) => (labels[i] ?? -1) >= 0)
  if (rows.length === 0) throw new LatheError('data', `none of the ${count} samples is labelled: label some of this split to measure on it`)
  const chosen = Object.entries<MetricDef>(metrics).filter(([, m]) => m.applies?.(classes) ?? true)
  const open = Object.fromEntries(chosen.filter(([, m]) => !m.interval))
  const bootstrapped = bootstrap(open, predictions, rows, seed)
  const intervals = Object.fromEntries(chosen.flatMap(([name, m]) => {
    const interval = m.interval?.(predictions, rows) ?? bootstrapped[name]
    return interval ? [[name, interval] as const] : []
  }))
  const counts = confusion(predictions, rows)
  return {
    samples: rows.length,
    metrics: Object.fromEntries(chosen.map(([name, m]) => [name, m.compute(predictions, rows)])),
    intervals,
    classes: classScores(counts, classes),
    confusion: Array.from({ length: classes }, (_, k) => Array.from(counts.subarray(k * classes, (k + 1) * classes))),
  }
}
