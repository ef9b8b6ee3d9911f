// Percentile bootstrap of any numbers about any rows, and of the difference of two models on the same rows.
import { Random } from '../data/random.ts'
import { quantile, RESAMPLES } from './bootstrap.ts'
import type { Interval } from './metric.ts'

/**
 * 95 % intervals of what `compute` gives for rows drawn anew, repeats allowed. Values that are not finite are left out.
 * Efron and Tibshirani, "An introduction to the bootstrap", 1993, chapter 13.
 */
export function resample(count: number, compute: (rows: Int32Array) => Readonly<Record<string, number>>, seed: number, resamples = RESAMPLES): Record<string, Interval> {
  const values = new Map<string, number[]>()
  const drawn = new Int32Array(count)
  for (let r = 0; r < resamples; r++) {
    const random = new Random(seed, 'bootstrap', r)
    for (let i = 0; i < count; i++) drawn[i] = random.int(count)
    for (const [name, value] of Object.entries(compute(drawn))) {
      const series = values.get(name) ?? []
      if (Number.isFinite(value)) series.push(value)
      values.set(name, series)
    }
  }
  return Object.fromEntries([...values].flatMap(([name, series]) => (series.length === 0 ? [] : [[name, { low: quantile(Float64Array.from(series), 0.025), high: quantile(Float64Array.from(series), 0.975) }]])))
}
