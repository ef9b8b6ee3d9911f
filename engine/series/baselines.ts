// Baselines of forecasting: what costs nothing and must be beaten.

/** Forecast of `horizon` steps from the past (oldest first, at least `season` long). */
export type Forecaster = (past: Float64Array, horizon: number, season: number) => Float64Array

/** The last value for ever. */
export const naive: Forecaster = (past, horizon) => new Float64Array(horizon).fill(past.at(-1) ?? NaN)

/** The value one season ago; two seasons ahead the same season again. */
export const seasonalNaive: Forecaster = (past, horizon, season) => Float64Array.from({ length: horizon }, (_, h) => past[past.length - season + (h % season)] ?? NaN)

/** The last value, moved on by the mean step of the past. */
export const drift: Forecaster = (past, horizon) => {
  const last = past.at(-1) ?? NaN
  const slope = past.length > 1 ? (last - (past[0] ?? NaN)) / (past.length - 1) : 0
  return Float64Array.from({ length: horizon }, (_, h) => last + slope * (h + 1))
}

interface HoltWinters {
  readonly level: number
  readonly trend: number
  readonly seasonal: number
}

/**
 * Additive triple exponential smoothing run over the whole series; `at(origin)` forecasts from the state just before that step.
 * Holt, 1957; Winters, "Forecasting sales by exponentially weighted moving averages", Management Science 6, 1960.
 */
function holtWinters(series: ArrayLike<number>, season: number, weights: HoltWinters, origins: ArrayLike<number>, horizon: number): Float64Array[] {
  const at = (i: number): number => series[i] ?? NaN
  const mean = (from: number): number => Array.from({ length: season }, (_, i) => at(from + i)).reduce((a, b) => a + b, 0) / season
  let level = mean(0)
  let trend = season > 1 ? (mean(season) - level) / season : at(1) - at(0)
  const seasons = Float64Array.from({ length: season }, (_, i) => (season > 1 ? at(i) - level : 0))
  const wanted = new Map(Array.from(origins, (o, i) => [o, i]))
  const out: Float64Array[] = []
  for (let t = 0; t < series.length; t++) {
    const place = wanted.get(t)
    if (place !== undefined) out[place] = Float64Array.from({ length: horizon }, (_, h) => level + (h + 1) * trend + (seasons[(t + h) % season] ?? 0))
    const s = seasons[t % season] ?? 0
    const before = level
    level = weights.level * (at(t) - s) + (1 - weights.level) * (level + trend)
    trend = weights.trend * (level - before) + (1 - weights.trend) * trend
    if (season > 1) seasons[t % season] = weights.seasonal * (at(t) - level) + (1 - weights.seasonal) * s
  }
  return out
}

/** Exponential smoothing fitted to the past itself: its last horizons choose the weights. NaN where the past holds no two seasons and a horizon. */
export const smoothing: Forecaster = (past, horizon, season) => {
  const from = 2 * Math.max(2, season)
  if (past.length < from + horizon) return new Float64Array(horizon).fill(NaN)
  const origins = Array.from({ length: past.length - horizon - from + 1 }, (_, i) => from + i).filter((_, i) => i % Math.max(1, Math.floor(horizon / 2)) === 0)
  const weights = fitHoltWinters(past, season, origins, horizon)
  const padded = new Float64Array(past.length + 1)
  padded.set(past)
  return holtWinters(padded, season, weights, [past.length], horizon)[0] ?? new Float64Array(horizon).fill(NaN)
}

const GRID = { level: [0.05, 0.2, 0.5, 0.8], trend: [0, 0.01, 0.05, 0.2], seasonal: [0.05, 0.2, 0.5] } as const

/** The weights of a coarse grid whose forecasts over `horizon` steps miss least on `series`; `origins` say from where. */
function fitHoltWinters(series: ArrayLike<number>, season: number, origins: ArrayLike<number>, horizon: number): HoltWinters {
  let best: { readonly weights: HoltWinters; readonly error: number } | null = null
  for (const level of GRID.level) for (const trend of GRID.trend) for (const seasonal of season > 1 ? GRID.seasonal : [0]) {
    const weights = { level, trend, seasonal }
    const forecasts = holtWinters(series, season, weights, origins, horizon)
    let error = 0
    forecasts.forEach((f, i) => {
      for (let h = 0; h < horizon; h++) error += Math.abs((f[h] ?? NaN) - (series[(origins[i] ?? 0) + h] ?? NaN))
    })
    if (Number.isFinite(error) && (!best || error < best.error)) best = { weights, error }
  }
  return best?.weights ?? { level: 0.2, trend: 0.01, seasonal: 0.05 }
}
