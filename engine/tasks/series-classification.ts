// Series classification: one class for each recording of one or more channels.
import { LatheError } from '../contract/errors.ts'
import { inputOf } from '../contract/inputs/of.ts'
import { trainDefaults, type TrainConfig } from '../contract/recipe.ts'
import { model as modelDef } from '../models/index.ts'
import { exportedSeries, seriesAttribution, seriesLabels } from './series/exported-series.ts'
import { preprocessSeries } from './series/series-graph.ts'
import { measureSeries } from './series/series-recipe.ts'
import { seriesFeatures, seriesSet } from './series/series-set.ts'
import { oneClass, oneClassExport } from './support/one-class.ts'
import type { TaskDef, TrainingData } from './task.ts'

const ID = 'series-classification'

async function recipe(data: TrainingData, name: string | null): Promise<TrainConfig> {
  const model = name ?? 'series-cnn'
  if (!modelDef(model).tasks.includes(ID)) throw new LatheError('usage', `model '${model}' does not serve ${ID}`)
  return {
    task: ID,
    model,
    modelOptions: {},
    input: await measureSeries(data),
    // Some hundred updates: more passes over fewer series.
    epochs: Math.max(8, Math.min(25, Math.round(1000 / Math.ceil(data.samples / 32)))),
    batch: 32,
    optimizer: 'adamw',
    lr: model === 'series-lstm' ? 4e-3 : 2e-3,
    schedule: 'warmup-cosine',
    momentum: 0.9,
    weightDecay: 0.01,
    // Keeps the network from being certain of recordings that are badly cut or wrongly labelled.
    labelSmoothing: 0.05,
    dropout: 0.3,
    initializer: 'he-normal',
    seed: 1,
    // Noise and size change no class of what sensors record; a warp of time may (walking and running), so it is off.
    augment: { kind: 'series', jitter: 0.05, scale: 0.1, timeMask: 0.1, timeWarp: 0 },
    earlyStopping: null,
    ...trainDefaults,
    clipNorm: 1,
  }
}

export const seriesClassification: TaskDef = {
  ...oneClass,
  title: 'Series classification',
  input: 'series',
  models: ['series-cnn', 'series-lstm'],
  recipe,
  features: (config) => seriesFeatures(inputOf('series', config)),
  load: (request) => {
    const { augment } = request.config
    return seriesSet(request, request.samples, (i) => request.samples[i]?.class ?? -1, augment && 'kind' in augment && augment.kind === 'series' ? augment : null)
  },
  preprocess: preprocessSeries,
  attribution: seriesAttribution,
  attributionLabels: (_features, config) => seriesLabels(config),
  exported: { ...exportedSeries, ...oneClassExport },
}
