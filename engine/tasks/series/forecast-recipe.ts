// Default recipe of a forecast, adapted to the series: its step, season, trend and length; every choice says why.
import { LatheError } from '../../contract/errors.ts'
import { trainDefaults, type TrainConfig } from '../../contract/recipe.ts'
import type { ForecastInput } from '../../contract/inputs/forecast.ts'
import { seasonalScale } from '../../series/forecast-metrics.ts'
import { seasonOf } from '../../series/season.ts'
import { timeline, type Timeline } from '../../series/timeline.ts'
import { momentsOf } from '../../series/moments.ts'
import type { TrainingData } from '../task.ts'
import { forecastRow, timelineRow } from './forecast-rows.ts'

/** Longest series that is read. */
const MOST_ROWS = 100_000
/** Steps of context beyond which a small network gains little. */
const MOST_CONTEXT = 160
/** Autocorrelation from which on a season tells the next one well. */
const STRONG = 0.8
/** Fewer windows than this are few: a small network, held down. */
const FEW = 500

export async function forecastRecipe(task: string, model: string, data: TrainingData): Promise<TrainConfig> {
  const samples = await data.read(MOST_ROWS)
  const rows = samples.map((s) => forecastRow(s.bytes, s.label, `sample ${s.id}`))
  const covariates = [...new Set(rows.flatMap((r) => Object.keys(r.covariates)))]
  const line = timeline(samples.map((s) => timelineRow(s, s.bytes, covariates)))
  if (line.length < 24) throw new LatheError('data', `the training split has ${line.length} steps; a forecast needs at least 24 to learn from`)
  const [values = new Float64Array()] = line.columns
  const moments = line.columns.map((column) => momentsOf(column))
  if (moments[0]?.deviation === 0) throw new LatheError('data', `the series is ${values[0] ?? 0} at every step of the training split: a constant needs no forecast`)
  const input = inputFor(line, values, moments, covariates)
  const windows = line.length - input.context - input.horizon + 1
  const few = windows < FEW
  return {
    task,
    model,
    modelOptions: model === 'forecast-mlp' && few ? { hidden: [64] } : {},
    input,
    // About 2,000 updates: a short series is seen more often.
    epochs: Math.max(10, Math.min(60, Math.round(2000 / Math.ceil(windows / 32)))),
    batch: 32,
    optimizer: 'adamw',
    // An LSTM starts slowly; attention does not bear much.
    lr: model === 'forecast-transformer' ? 1e-3 : model === 'forecast-rnn' ? 4e-3 : 2e-3,
    schedule: 'warmup-cosine',
    momentum: 0.9,
    // Windows overlap, so there are fewer independent samples than it seems: weights are kept small.
    weightDecay: few ? 0.3 : 0.01,
    labelSmoothing: 0,
    dropout: few ? 0.5 : 0.1,
    initializer: 'xavier-normal',
    seed: 1,
    // Noise or a warp would change the future that belongs to a past.
    augment: null,
    // The best epoch on validation is kept.
    earlyStopping: null,
    ...trainDefaults,
    // A jump in the series must not throw the weights away.
    clipNorm: 1,
  }
}

function inputFor(line: Timeline, values: Float64Array, moments: readonly { mean: number; deviation: number }[], covariates: readonly string[]): ForecastInput {
  const { steps: season, strength } = seasonOf(values)
  // A season ahead where seasons are alike, else half of one; a tenth of the training data must hold it, for validation and test must hold it too.
  const ahead = season === 1 ? 12 : strength >= STRONG ? season : Math.floor(season / 2)
  const horizon = Math.max(1, Math.min(ahead, Math.floor(line.length / 10)))
  // Whole seasons, two at least, so that one can be told from the trend; without one three horizons.
  const seasons = Math.max(2, Math.floor(Math.min(MOST_CONTEXT, line.length / 6) / season))
  const context = season > 1 && seasons * season <= line.length / 2 ? Math.min(seasons * season, 4 * season) : Math.max(4, Math.min(3 * horizon, Math.floor(line.length / 3)))
  const naiveError = seasonalScale(values, line.observed, season)
  return {
    kind: 'forecast',
    columns: ['value', ...covariates],
    axis: { unit: line.axis.unit, step: line.axis.step },
    context,
    horizon,
    season,
    // What comes may be larger than all that was: each window by its own mean and deviation.
    scaling: 'window',
    // A weak season would add its own misses to the answer; the network may still learn what it tells.
    anchor: strength >= STRONG && season <= context ? 'season' : 'last',
    quantiles: [0.1, 0.5, 0.9],
    mean: moments.map((m) => m.mean),
    // A constant covariate tells nothing and must not divide by zero.
    std: moments.map((m) => (m.deviation > 0 ? m.deviation : 1)),
    naiveError: Number.isFinite(naiveError) && naiveError > 0 ? naiveError : (moments[0]?.deviation ?? 1),
  }
}
