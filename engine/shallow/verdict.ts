// Verdict: which of two models is better on the same samples, and whether the difference is more than noise.
import { quantile, RESAMPLES } from '../metrics/bootstrap.ts'
import type { Interval } from '../metrics/metric.ts'
import { Random } from '../data/random.ts'
import type { Ranking, SampleValues } from './baselines/baseline.ts'

export interface Difference {
  /** a − b, in the metric. */
  readonly value: number
  /** 95 %, of samples drawn anew, the same for both. */
  readonly interval: Interval
  readonly samples: number
  /** False where the interval holds 0. */
  readonly real: boolean
}

/** Paired bootstrap of the metric itself: Efron and Tibshirani, 1993, chapter 16; circular blocks (Politis and Romano, 1992) where neighbours are alike. Null where the two share no sample. */
export function compare(a: ReadonlyMap<number, SampleValues>, b: ReadonlyMap<number, SampleValues>, { measure, block }: Pick<Ranking, 'measure' | 'block'>, seed: number, resamples = RESAMPLES): Difference | null {
  const pairs = [...a].flatMap(([id, value]) => {
    const other = b.get(id)
    return other === undefined ? [] : [[value, other] as const]
  })
  if (pairs.length === 0) return null
  const n = pairs.length
  const together = Math.max(1, Math.min(Math.floor(n / 2), block?.(pairs.map(([x]) => x)) ?? 1))
  const difference = (rows: ArrayLike<number>): number => {
    const drawn = Array.from(rows, (i) => pairs[i] ?? [[], []] as const)
    return measure(drawn.map(([x]) => x)) - measure(drawn.map(([, y]) => y))
  }
  const rows = new Int32Array(n)
  const drawn = Float64Array.from({ length: resamples }, (_, r) => {
    const random = new Random(seed, 'bootstrap', r)
    for (let i = 0, from = 0; i < n; i++) {
      if (i % together === 0) from = random.int(n)
      rows[i] = (from + (i % together)) % n
    }
    return difference(rows)
  })
  const finite = drawn.filter((d) => Number.isFinite(d))
  const interval = { low: quantile(finite, 0.025), high: quantile(finite, 0.975) }
  return { value: difference(rows.map((_, i) => i)), interval, samples: n, real: interval.low > 0 || interval.high < 0 }
}

export interface Contender {
  /** In a sentence: "logistic regression", "run 3 (table-mlp)". */
  readonly name: string
  readonly value: number
  readonly interval: Interval | null
  readonly values: ReadonlyMap<number, SampleValues>
}

const shown = (value: number): string => (Math.abs(value) >= 100 ? value.toFixed(1) : Math.abs(value) >= 10 ? value.toFixed(2) : value.toFixed(3))
const signed = (value: number): string => `${value < 0 ? '−' : '+'}${shown(Math.abs(value))}`
const range = (interval: Interval | null): string => (interval ? ` (95 %: ${shown(interval.low)} to ${shown(interval.high)})` : '')

/** A sentence or two for people. `deep`: the best trained network, or null. */
export function verdict(shallow: Contender, deep: Contender | null, ranking: Ranking, seed: number): { readonly text: string; readonly difference: Difference | null } {
  const { metric, lowerIsBetter } = ranking
  const best = `The best shallow model is ${shallow.name} with ${metric} ${shown(shallow.value)}${range(shallow.interval)}.`
  if (!deep) return { text: `${best} No network is trained yet to compare it with.`, difference: null }
  const difference = compare(deep.values, shallow.values, ranking, seed)
  if (!difference) return { text: `${best} ${deep.name} was measured on other samples, so the two cannot be compared.`, difference: null }
  const how = `${metric} ${shown(deep.value)}${range(deep.interval)} against ${shown(shallow.value)}${range(shallow.interval)}, difference ${signed(difference.value)} (95 %: ${signed(difference.interval.low)} to ${signed(difference.interval.high)}) on the same ${difference.samples} samples`
  if (!difference.real) return { text: `This difference is noise: ${deep.name} and ${shallow.name} do equally well as far as these data can tell (${how}). The shallow model is the simpler one.`, difference }
  const deepWins = difference.value > 0 !== lowerIsBetter
  return { text: deepWins ? `${deep.name} is better than the best shallow model, ${shallow.name}: ${how}. The network earns its keep.` : `${shallow.name} is better than ${deep.name}: ${how}. Use the shallow model, or train the network better.`, difference }
}
