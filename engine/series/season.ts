// Season: the period of a series, from peaks of its autocorrelation.

/** Least autocorrelation of a season: below it, last season's value says little of this one's. */
const LEAST = 0.3

export interface Season {
  /** Steps after which the series repeats; 1 where it does not. */
  readonly steps: number
  /** Autocorrelation at that distance, without trend: 1 for an exact repetition. */
  readonly strength: number
}
const NONE: Season = { steps: 1, strength: 0 }

/**
 * Steps after which the series repeats, 1 where it does not: the highest peak of the autocorrelation of what remains after a
 * parabola is taken out; of peaks almost as high the earliest. Box and Jenkins, "Time series analysis", 1970, chapter 2.
 * @param longest lag looked at; a third of the series where left out, so that three seasons confirm it.
 */
export function seasonOf(values: ArrayLike<number>, longest = Math.floor(values.length / 3)): Season {
  const r = autocorrelation(withoutTrend(values), longest)
  // A peak before the autocorrelation has once been low is the neighbourhood of lag 0.
  const low = r.findIndex((v) => v < LEAST)
  if (low < 0) return NONE
  const bound = Math.max(LEAST, 1.96 / Math.sqrt(values.length))
  const peaks = Array.from(r.keys()).filter((k) => k > Math.max(1, low) && k < r.length - 1 && at(r, k) >= at(r, k - 1) && at(r, k) > at(r, k + 1) && at(r, k) > bound)
  const best = Math.max(...peaks.map((k) => at(r, k)))
  const first = peaks.find((k) => at(r, k) >= 0.9 * best)
  return first === undefined ? NONE : { steps: Math.round(refined(r, first)), strength: at(r, first) }
}

/** The peaks at two and three seasons measure one season finer than its own peak does. */
function refined(r: Float64Array, first: number): number {
  let season = summit(r, first)
  for (const seasons of [2, 3]) {
    const around = Array.from(r.keys()).filter((k) => Math.abs(k - seasons * season) <= season / 4 && k < r.length - 1)
    const peak = around.reduce((a, k) => (at(r, k) > at(r, a) ? k : a), around[0] ?? 0)
    if (at(r, peak) < LEAST) break
    season = summit(r, peak) / seasons
  }
  return season
}

/** Where the parabola through a peak and its neighbours is highest. */
function summit(r: Float64Array, k: number): number {
  const [a, b, c] = [at(r, k - 1), at(r, k), at(r, k + 1)]
  const bend = a - 2 * b + c
  return bend < 0 ? k + (a - c) / (2 * bend) : k
}

const at = (values: ArrayLike<number>, i: number): number => values[i] ?? 0

/** Lags 0 to `longest`; zeros for a constant series. */
export function autocorrelation(values: ArrayLike<number>, longest: number): Float64Array {
  const n = values.length
  let mean = 0
  for (let i = 0; i < n; i++) mean += at(values, i) / n
  const out = new Float64Array(Math.min(longest, n - 1) + 1)
  for (let k = 0; k < out.length; k++) {
    let sum = 0
    for (let i = k; i < n; i++) sum += (at(values, i) - mean) * (at(values, i - k) - mean)
    out[k] = sum
  }
  const variance = at(out, 0)
  return variance > 1e-12 * Math.max(1, mean * mean) * n ? out.map((v) => v / variance) : out.fill(0)
}

/** What remains after the best parabola, by least squares on orthogonal polynomials. */
function withoutTrend(values: ArrayLike<number>): Float64Array {
  const n = values.length
  const out = Float64Array.from(values)
  const t = Float64Array.from({ length: n }, (_, i) => (n > 1 ? (2 * i) / (n - 1) - 1 : 0))
  const second = t.reduce((a, v) => a + v * v, 0) / Math.max(1, n)
  for (const basis of [t.map(() => 1), t, t.map((v) => v * v - second)]) {
    const norm = basis.reduce((a, b) => a + b * b, 0)
    if (norm === 0) continue
    const along = basis.reduce((a, b, i) => a + b * at(out, i), 0) / norm
    for (let i = 0; i < n; i++) out[i] = at(out, i) - along * at(basis, i)
  }
  return out
}
