// Baselines of forecasting on the same windows: the last value, the last season, the drift, exponential smoothing, and linear autoregression; by MASE.
import { LatheError } from '../../contract/errors.ts'
import type { ForecastInput } from '../../contract/inputs/forecast.ts'
import { inputOf } from '../../contract/inputs/of.ts'
import type { DataSet } from '../../data/types.ts'
import { drift, naive, seasonalNaive, smoothing, type Forecaster } from '../../series/baselines.ts'
import { forecastScore } from '../../series/forecast-metrics.ts'
import { seriesForecast } from '../../tasks/series-forecast.ts'
import type { ForecastTruth } from '../../tasks/series/forecast-set.ts'
import type { LinearFit } from '../fitted.ts'
import type { Matrix } from '../matrix.ts'
import { fitAutoregression } from '../series/autoregression.ts'
import { predictShallow } from '../predict.ts'
import { ratioOfValues, type BaselineDef, type BaselineRequest, type SampleValues } from './baseline.ts'
import { ready } from './ready.ts'

interface Model {
  readonly name: string
  readonly title: string
  readonly note: string
  readonly forecaster: Forecaster | null
}
const MODELS: readonly Model[] = [
  { name: 'naive', title: 'Last value', note: 'for ever', forecaster: naive },
  { name: 'seasonal-naive', title: 'Last season', note: 'the value one season ago', forecaster: seasonalNaive },
  { name: 'drift', title: 'Drift', note: 'the last value, moved on by the mean step of the window', forecaster: drift },
  { name: 'holt-winters', title: 'Exponential smoothing', note: 'Holt and Winters, additive, fitted to each window', forecaster: smoothing },
  { name: 'autoregression', title: 'Linear autoregression', note: 'each step a weighted sum of the window, with ridge penalty', forecaster: null },
]
const ALPHAS = [1, 0.01, 100]

/** Absolute miss over all measured steps in units of MASE, and how many there are. */
function missOf({ values, observed }: ForecastTruth, predicted: ArrayLike<number>, { naiveError }: ForecastInput): [number, number] {
  let [sum, steps] = [0, 0]
  values.forEach((y, h) => {
    if (observed[h] !== 1) return
    sum += Math.abs((predicted[h] ?? NaN) - y) / naiveError
    steps++
  })
  return [sum, steps]
}

const truthsOf = (set: DataSet): ForecastTruth[] => Array.from({ length: set.count }, (_, i) => set.truth(i) as ForecastTruth)

export const forecastBaseline: BaselineDef = {
  ranking: { metric: 'mase', lowerIsBetter: true, measure: ratioOfValues, block: (values: readonly SampleValues[]) => values.reduce((most, v) => Math.max(most, v[1] ?? 0), 1) },
  valuesOf: ({ set, rows, config }) =>
    new Map(rows.flatMap(({ output }, i) => (output && !Array.isArray(output) && 'forecast' in output ? [[set.ids[i] ?? 0, missOf(set.truth(i) as ForecastTruth, output['forecast'] as number[], inputOf('forecast', config))] as const] : []))),
  run: async function* (request) {
    const config = await request.config()
    const input = inputOf('forecast', config)
    const load = (split: string): Promise<DataSet> => {
      const own = request.samples.filter((s) => s.split === split)
      if (own.length === 0) throw new LatheError('data', `there is no row in the ${split} split: split the data by time first`)
      return seriesForecast.load({ samples: own, others: request.samples.filter((s) => s.split !== split), read: (id) => request.read(id), config, classes: [], purpose: 'evaluate', ...(request.signal && { signal: request.signal }) })
    }
    const test = await load(request.split)
    const truths = truthsOf(test)
    for await (const { model: { name, title, note, forecaster }, seconds } of ready(MODELS, request)) {
      const linear = forecaster ? null : await autoregression(await load('train'), request.split === 'val' || !request.samples.some((s) => s.split === 'val') ? null : await load('val'), input, request)
      const x = linear && windowsOf(test, input)
      const all = linear && x && predictShallow(linear.fitted, x)
      const predicted = truths.map(({ past }, i) => (all ? all.subarray(i * input.horizon, (i + 1) * input.horizon) : (forecaster?.(past.values, input.horizon, Math.min(input.season, past.values.length)) ?? [])))
      // Smoothing needs two seasons and a horizon of past.
      if (predicted.some((p) => Array.from(p).some((v) => !Number.isFinite(v)))) continue
      const { metrics, intervals } = forecastScore(truths.map((t, i) => ({ predicted: predicted[i] ?? [], low: predicted[i] ?? [], high: predicted[i] ?? [], truth: t.values, observed: t.observed, reference: t.reference })), input.naiveError, request.seed)
      yield {
        name,
        title,
        note: linear ? `${note}; alpha ${linear.alpha}` : note,
        metrics: points(metrics),
        intervals: points(intervals),
        seconds: seconds(),
        values: new Map(truths.map((t, i) => [test.ids[i] ?? 0, missOf(t, predicted[i] ?? [], input)])),
        exportable: linear && x && { fitted: linear.fitted, outputs: 'numbers', features: { names: namesOf(input), describe: () => ({ row: 'one window, oldest first, every column of a step together', horizon: input.horizon }) }, rows: x },
      }
    }
  },
}

/** Without what only quantiles have. */
const points = <T>({ mase, mae, rmse, smape, skill }: Readonly<Record<'mase' | 'mae' | 'rmse' | 'smape' | 'skill', T>>): Record<string, T> => ({ mase, mae, rmse, smape, skill })

const namesOf = ({ context, columns }: ForecastInput): string[] => Array.from({ length: context }, (_, t) => columns.map((column) => `${column} ${t - context}`)).flat()

function windowsOf(set: DataSet, { context, columns }: ForecastInput): Matrix {
  const past = new Float32Array(set.count * context * columns.length)
  set.fill(Int32Array.from({ length: set.count }, (_, i) => i), { past }, null)
  return { rows: set.count, columns: context * columns.length, data: past }
}

async function autoregression(train: DataSet, val: DataSet | null, input: ForecastInput, { signal }: BaselineRequest): Promise<{ fitted: LinearFit; alpha: number }> {
  const x = windowsOf(train, input)
  const y = truthsOf(train).map((t) => t.values)
  let best: { fitted: LinearFit; alpha: number; miss: number } | null = null
  for (const alpha of val ? ALPHAS : ALPHAS.slice(0, 1)) {
    const fitted = fitAutoregression(x, y, input.columns.length, alpha, signal)
    const predicted = val ? predictShallow(fitted, windowsOf(val, input)) : new Float32Array()
    const miss = val ? ratioOfValues(truthsOf(val).map((t, i) => missOf(t, predicted.subarray(i * input.horizon, (i + 1) * input.horizon), input))) : 0
    if (!best || miss < best.miss) best = { fitted, alpha, miss }
    await new Promise((resolve) => setImmediate(resolve))
  }
  if (!best) throw new LatheError('internal', 'no autoregression was fitted')
  return best
}
