// Metrics that are functions of sums over samples (perplexity, BLEU), with percentile bootstrap intervals.
import { Random } from '../data/random.ts'
import { quantile, RESAMPLES } from './bootstrap.ts'
import type { Interval } from './metric.ts'

export interface MeasuredSums {
  readonly metrics: Record<string, number>
  /** 95 %. */
  readonly intervals: Record<string, Interval>
}

/**
 * @param statistics what each sample adds, all of one length.
 * @param measures from the sums of those numbers to the metric, by name.
 * Resample r draws as many samples anew from Random(seed, 'bootstrap', r). Efron and Tibshirani, 1993, chapter 13; for BLEU: Koehn, "Statistical significance tests for machine translation evaluation", EMNLP 2004.
 */
export function measureSums(statistics: readonly ArrayLike<number>[], measures: Readonly<Record<string, (sums: Float64Array) => number>>, seed: number, resamples = RESAMPLES): MeasuredSums {
  const width = statistics[0]?.length ?? 0
  const sums = new Float64Array(width)
  const add = (row: ArrayLike<number> | undefined): void => {
    if (row) for (let i = 0; i < width; i++) sums[i] = (sums[i] ?? 0) + (row[i] ?? 0)
  }
  statistics.forEach(add)
  const names = Object.keys(measures)
  const measure = (name: string): number => measures[name]?.(sums) ?? NaN
  const metrics = Object.fromEntries(names.map((name) => [name, measure(name)]))
  const drawn = names.map(() => new Float64Array(resamples))
  for (let r = 0; r < resamples; r++) {
    const random = new Random(seed, 'bootstrap', r)
    sums.fill(0)
    for (let i = 0; i < statistics.length; i++) add(statistics[random.int(statistics.length)])
    names.forEach((name, m) => {
      const values = drawn[m]
      if (values) values[r] = measure(name)
    })
  }
  const intervals = Object.fromEntries(names.map((name, m) => [name, { low: quantile(drawn[m] ?? new Float64Array(), 0.025), high: quantile(drawn[m] ?? new Float64Array(), 0.975) }]))
  return { metrics, intervals }
}
