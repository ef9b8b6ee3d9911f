// Metrics of forecasts over many origins, with 95 % intervals that know that neighbouring windows are alike.
import { Random } from '../data/random.ts'
import { quantile } from '../metrics/bootstrap.ts'
import type { Interval } from '../metrics/metric.ts'

/** One window: what was forecast and what came, step by step. */
export interface Forecast {
  readonly predicted: ArrayLike<number>
  /** Bounds of the 80 % interval. */
  readonly low: ArrayLike<number>
  readonly high: ArrayLike<number>
  readonly truth: ArrayLike<number>
  /** 1 where the truth was measured, 0 where a gap was filled. */
  readonly observed: ArrayLike<number>
  /** What the seasonal naive forecast says. */
  readonly reference: ArrayLike<number>
}

export interface ForecastScore {
  readonly metrics: Readonly<Record<ForecastMetric, number>>
  readonly intervals: Readonly<Record<ForecastMetric, Interval>>
}

/** `skill` is 1 − MAE / MAE of the seasonal naive forecast: above 0 is better than it. */
export const FORECAST_METRICS = ['mase', 'mae', 'rmse', 'smape', 'coverage80', 'width80', 'skill'] as const
export type ForecastMetric = (typeof FORECAST_METRICS)[number]

/** Sums over the measured steps of one window, from which every metric is made. */
interface Sums {
  readonly steps: number
  readonly absolute: number
  readonly squared: number
  readonly relative: number
  readonly inside: number
  readonly width: number
  readonly reference: number
}

function sumsOf({ predicted, low, high, truth, observed, reference }: Forecast): Sums {
  const sums = { steps: 0, absolute: 0, squared: 0, relative: 0, inside: 0, width: 0, reference: 0 }
  for (let h = 0; h < truth.length; h++) {
    if (observed[h] === 0) continue
    const [y, p, l, u] = [truth[h] ?? NaN, predicted[h] ?? NaN, low[h] ?? NaN, high[h] ?? NaN]
    const miss = Math.abs(p - y)
    const size = Math.abs(p) + Math.abs(y)
    sums.steps++
    sums.absolute += miss
    sums.squared += miss * miss
    sums.relative += size > 0 ? (2 * miss) / size : 0
    sums.inside += l <= y && y <= u ? 1 : 0
    sums.width += u - l
    sums.reference += Math.abs((reference[h] ?? NaN) - y)
  }
  return sums
}

function metricsOf(windows: readonly Sums[], drawn: ArrayLike<number>, scale: number): Record<ForecastMetric, number> {
  const total = { steps: 0, absolute: 0, squared: 0, relative: 0, inside: 0, width: 0, reference: 0 }
  for (let i = 0; i < drawn.length; i++) {
    const w = windows[drawn[i] ?? 0]
    if (!w) continue
    for (const key of ['steps', 'absolute', 'squared', 'relative', 'inside', 'width', 'reference'] as const) total[key] += w[key]
  }
  const n = total.steps
  return {
    mase: total.absolute / n / scale,
    mae: total.absolute / n,
    rmse: Math.sqrt(total.squared / n),
    smape: total.relative / n,
    coverage80: total.inside / n,
    width80: total.width / n,
    skill: 1 - total.absolute / total.reference,
  }
}

/**
 * MASE: Hyndman and Koehler, "Another look at measures of forecast accuracy", 2006: MAE over `scale`, the mean miss of the
 * seasonal naive forecast one season ahead on the training data. sMAPE as in the M4 competition, but a share: 0 to 2.
 * Intervals by the circular block bootstrap over origins (Politis and Romano, 1992): windows that begin within one horizon of
 * each other share steps, so a block is a horizon long.
 * @param forecasts in order of their origins, at least one with a measured step.
 */
export function forecastScore(forecasts: readonly Forecast[], scale: number, seed: number, resamples = 1000): ForecastScore {
  const windows = forecasts.map(sumsOf)
  const n = windows.length
  const block = Math.max(1, Math.min(Math.floor(n / 2), forecasts[0]?.truth.length ?? 1))
  const values = new Map(FORECAST_METRICS.map((m) => [m, new Float64Array(resamples)]))
  const drawn = new Int32Array(n)
  for (let r = 0; r < resamples; r++) {
    const random = new Random(seed, 'bootstrap', r)
    for (let i = 0, from = 0; i < n; i++) {
      if (i % block === 0) from = random.int(n)
      drawn[i] = (from + (i % block)) % n
    }
    const metrics = metricsOf(windows, drawn, scale)
    for (const m of FORECAST_METRICS) (values.get(m) ?? drawn)[r] = metrics[m]
  }
  const interval = (m: ForecastMetric): Interval => {
    const all = Float64Array.from(values.get(m) ?? []).filter(Number.isFinite)
    return { low: quantile(all, 0.025), high: quantile(all, 0.975) }
  }
  return {
    metrics: metricsOf(windows, Int32Array.from({ length: n }, (_, i) => i), scale),
    intervals: Object.fromEntries(FORECAST_METRICS.map((m) => [m, interval(m)])) as Record<ForecastMetric, Interval>,
  }
}

/** Mean miss of the value one season ago on the training data: what MASE is measured in. Steps that were filled do not count. */
export function seasonalScale(values: ArrayLike<number>, observed: ArrayLike<number>, season: number): number {
  let [sum, n] = [0, 0]
  for (let i = season; i < values.length; i++) {
    if (observed[i] === 0 || observed[i - season] === 0) continue
    sum += Math.abs((values[i] ?? NaN) - (values[i - season] ?? NaN))
    n++
  }
  return sum / n
}
