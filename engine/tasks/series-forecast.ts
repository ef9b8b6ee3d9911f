// Series forecast: the next steps of a series from those before, as quantiles.
import { tensor } from '../compile/program.ts'
import { LatheError } from '../contract/errors.ts'
import { inputOf } from '../contract/inputs/of.ts'
import { model as modelDef } from '../models/index.ts'
import { FORECAST_METRICS } from '../series/forecast-metrics.ts'
import { explainedForecast, FORECAST_LOSSES, forecastLoss, predictForecast, preprocessForecast } from './series/forecast-graph.ts'
import { forecastRecipe } from './series/forecast-recipe.ts'
import { decodeForecast, scoreForecast } from './series/forecast-score.ts'
import { forecastFeatures, forecastSet, forecastTargets } from './series/forecast-set.ts'
import type { TaskDef } from './task.ts'

const ID = 'series-forecast'

export const seriesForecast: TaskDef = {
  title: 'Series forecast',
  input: 'row',
  label: 'number',
  metrics: FORECAST_METRICS,
  models: ['forecast-mlp', 'forecast-tcn', 'forecast-rnn', 'forecast-transformer'],
  hits: null,
  together: true,
  recipe: async (data, name) => {
    const chosen = name ?? 'forecast-mlp'
    if (!modelDef(chosen).tasks.includes(ID)) throw new LatheError('usage', `model '${chosen}' does not serve ${ID}`)
    return await forecastRecipe(ID, chosen, data)
  },
  features: (config) => forecastFeatures(inputOf('forecast', config)),
  targets: (config) => forecastTargets(inputOf('forecast', config)),
  load: forecastSet,
  preprocess: preprocessForecast,
  losses: FORECAST_LOSSES,
  loss: forecastLoss,
  predict: predictForecast,
  averaged: { quantiles: { kind: 'mean' }, location: { kind: 'same' }, scale: { kind: 'same' } },
  score: scoreForecast,
  decode: (row, config, _classes, sample) => decodeForecast(row, config, sample),
  attribution: (config) => {
    const { context, columns } = inputOf('forecast', config)
    // The tapped tensor is [context, columns]; the map has a row a column of the data, time to the right.
    return { kind: 'series', height: columns.length, width: context, cell: (i) => (i % columns.length) * context + Math.floor(i / columns.length), baseline: null }
  },
  explainable: (config) => inputOf('forecast', config).horizon,
  explained: explainedForecast,
  explainedOf: () => 0,
  explainedName: (target) => `step ${target + 1}`,
  attributionLabels: (_features, config) => {
    const { context, columns } = inputOf('forecast', config)
    return { rows: columns, columns: Array.from({ length: context }, (_, t) => String(t - context)) }
  },
  exported: {
    inputs: (graph, config) => {
      const { context, columns } = inputOf('forecast', config)
      return { past: graph.input('past', 'float32', ['N', context, columns.length]) }
    },
    describe: (config) => {
      const { context, horizon, columns, axis, season } = inputOf('forecast', config)
      return { name: 'past', dtype: 'float32', layout: 'N, context, columns', context, horizon, columns, axis, season, preprocessing: 'inside the model: takes values in their own unit, oldest first, one row a step without gaps' }
    },
    outputs: { forecast: 'float32 [N, horizon], the median', quantiles: 'float32 [N, horizon, quantiles], at the levels of the metadata', scaled: 'the same in deviations from the mean of the window' },
    feeds: () => Promise.reject(new LatheError('usage', 'one row of a series holds no past: feed the model a window')),
    feedsOfRow: (set, row, config) => {
      const { context, columns } = inputOf('forecast', config)
      const past = new Float32Array(context * columns.length)
      set.fill([row], { past }, null)
      return { past: tensor('float32', past, [1, context, columns.length]) }
    },
    // In the series' own unit, rounding shows as large as its values are.
    compare: ['scaled'],
    metadata: (config) => ({ quantiles: JSON.stringify(inputOf('forecast', config).quantiles) }),
  },
}
