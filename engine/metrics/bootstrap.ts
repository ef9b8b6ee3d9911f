// Percentile bootstrap: 95 % intervals of any metric by drawing the samples anew.
import { Random } from '../data/random.ts'
import type { Interval, MetricDef } from './metric.ts'
import type { Predictions } from './predictions.ts'

export const RESAMPLES = 1000

/** Efron and Tibshirani, "An introduction to the bootstrap", 1993, chapter 13. Resample r draws from Random(seed, 'bootstrap', r), so all metrics see the same resamples. */
export function bootstrap(metrics: Readonly<Record<string, MetricDef>>, predictions: Predictions, rows: Int32Array, seed: number, resamples = RESAMPLES): Record<string, Interval> {
  const names = Object.keys(metrics)
  const values = names.map(() => new Float64Array(resamples))
  const drawn = new Int32Array(rows.length)
  for (let r = 0; r < resamples; r++) {
    const random = new Random(seed, 'bootstrap', r)
    for (let i = 0; i < drawn.length; i++) drawn[i] = rows[random.int(rows.length)] ?? 0
    names.forEach((name, m) => {
      const series = values[m]
      if (series) series[r] = metrics[name]?.compute(predictions, drawn) ?? NaN
    })
  }
  return Object.fromEntries(names.map((name, m) => [name, { low: quantile(values[m] ?? new Float64Array(), 0.025), high: quantile(values[m] ?? new Float64Array(), 0.975) }]))
}

/** Linear between order statistics (type 7 of Hyndman and Fan, 1996). Sorts `values`. */
export function quantile(values: Float64Array, q: number): number {
  values.sort()
  const at = q * (values.length - 1)
  const low = values[Math.floor(at)] ?? NaN
  const high = values[Math.ceil(at)] ?? NaN
  return low + (high - low) * (at - Math.floor(at))
}
