// Score of forecasts: metrics over all origins, the baselines beside them, and each window for people.
import type { Outputs } from '../../contract/commands.ts'
import { LatheError } from '../../contract/errors.ts'
import type { ForecastInput } from '../../contract/inputs/forecast.ts'
import { inputOf } from '../../contract/inputs/of.ts'
import type { TrainConfig } from '../../contract/recipe.ts'
import type { TensorData } from '../../data/types.ts'
import { drift, naive, seasonalNaive, smoothing, type Forecaster } from '../../series/baselines.ts'
import { forecastScore, type Forecast } from '../../series/forecast-metrics.ts'
import { formatTime, timeAt } from '../../series/time.ts'
import { floatsOf } from '../support/one-class.ts'
import type { Score, ScoreRequest, SourceSample } from '../task.ts'
import { forecastRow } from './forecast-rows.ts'
import type { ForecastTruth } from './forecast-set.ts'

/** Steps of the past that a window's output shows. */
const SHOWN = 2

const BASELINES: Readonly<Record<string, Forecaster>> = { naive, seasonal_naive: seasonalNaive, drift, holt_winters: smoothing }

interface Bounds {
  readonly forecast: number[]
  readonly low: number[]
  readonly high: number[]
}

/** Columns of the quantiles [horizon, Q] of one row. */
function boundsOf(quantiles: ArrayLike<number>, at: number, { horizon, quantiles: levels }: ForecastInput): Bounds {
  const column = (level: number): number[] => {
    const k = levels.indexOf(level)
    return Array.from({ length: horizon }, (_, h) => quantiles[at + h * levels.length + k] ?? NaN)
  }
  return { forecast: column(0.5), low: column(0.1), high: column(0.9) }
}

/** Throws LatheError `data` where no window has a measured step. */
export function scoreForecast({ set, outputs, config, seed }: ScoreRequest): Score {
  const input = inputOf('forecast', config)
  const quantiles = floatsOf(outputs, 'quantiles')
  const size = input.horizon * input.quantiles.length
  const truths = Array.from({ length: set.count }, (_, i) => set.truth(i) as ForecastTruth)
  if (!truths.some((t) => t.observed.includes(1))) throw new LatheError('data', 'no value of this split lies within a horizon: there is nothing to measure the forecast on')
  const bounds = truths.map((_, i) => boundsOf(quantiles, i * size, input))
  const windows = truths.map((truth, i) => windowOf(truth, bounds[i] ?? { forecast: [], low: [], high: [] }))
  const { metrics, intervals } = forecastScore(windows, input.naiveError, seed)
  return {
    samples: set.count,
    metrics: { ...metrics, ...baselineErrors(truths, input) },
    intervals,
    classes: [],
    confusion: [],
    rows: truths.map((truth, i) => ({ predicted: null, probability: null, probabilities: null, loss: lossOf(windows[i], input), correct: null, output: outputOf(truth, bounds[i] ?? { forecast: [], low: [], high: [] }) })),
  }
}

function windowOf(truth: ForecastTruth, { forecast, low, high }: Bounds): Forecast {
  return { predicted: forecast, low, high, truth: truth.values, observed: truth.observed, reference: truth.reference }
}

/** MASE of the window. */
function lossOf(window: Forecast | undefined, { naiveError }: ForecastInput): number | null {
  if (!window) return null
  const steps = Array.from(window.truth, (y, h) => (window.observed[h] === 1 ? Math.abs((window.predicted[h] ?? NaN) - y) : NaN)).filter(Number.isFinite)
  return steps.length === 0 ? null : steps.reduce((a, b) => a + b, 0) / steps.length / naiveError
}

/** MASE of each baseline on the same windows, as `mase_naive`. */
function baselineErrors(truths: readonly ForecastTruth[], { horizon, season, naiveError }: ForecastInput): Record<string, number> {
  return Object.fromEntries(
    Object.entries(BASELINES).map(([name, forecaster]) => {
      let [sum, n] = [0, 0]
      for (const { past, values, observed } of truths) {
        const forecast = forecaster(past.values, horizon, Math.min(season, past.values.length))
        for (let h = 0; h < horizon; h++) {
          if (observed[h] !== 1) continue
          sum += Math.abs((forecast[h] ?? NaN) - (values[h] ?? NaN))
          n++
        }
      }
      return [`mase_${name}`, sum / n / naiveError] as const
    }).filter(([, error]) => Number.isFinite(error)),
  )
}

/** A window beside what came: for charts. */
function outputOf({ times, values, observed, past }: ForecastTruth, { forecast, low, high }: Bounds): Outputs {
  const shown = Math.min(past.values.length, SHOWN * times.length)
  return {
    kind: 'forecast',
    times,
    forecast: forecast.map(short),
    low: low.map(short),
    high: high.map(short),
    truth: Array.from(values, (v, h) => (observed[h] === 1 ? short(v) : null)),
    past: { times: past.times.slice(-shown), values: Array.from(past.values.subarray(-shown), short) },
  }
}

/** Six digits: what float32 holds. */
const short = (v: number): number => Number(v.toPrecision(6))

/** What `predict` shows: the horizon after `sample`, with the bounds of the 80 % interval. */
export function decodeForecast(row: Readonly<Record<string, TensorData>>, config: TrainConfig, sample: SourceSample | null): Outputs {
  const input = inputOf('forecast', config)
  const { forecast, low, high } = boundsOf((row['quantiles'] ?? new Float32Array()) as Float32Array, 0, input)
  const from = sample ? forecastRow(sample.bytes, sample.label, `sample ${sample.id}`).time : null
  const times = from ? forecast.map((_, h) => formatTime(timeAt({ ...input.axis, start: input.axis.unit === 'month' ? monthsAt(from.value) : from.value }, h + 1))) : forecast.map((_, h) => h + 1)
  return { kind: 'forecast', times, forecast: forecast.map(short), low: low.map(short), high: high.map(short) }
}

function monthsAt(ms: number): number {
  const d = new Date(ms)
  return d.getUTCFullYear() * 12 + d.getUTCMonth()
}
