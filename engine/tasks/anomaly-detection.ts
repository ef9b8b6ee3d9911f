// Anomaly detection: an autoencoder learns what is normal; what it cannot draw again is an anomaly.
import { LatheError } from '../contract/errors.ts'
import { inputOf } from '../contract/inputs/of.ts'
import { trainDefaults, type TrainConfig } from '../contract/recipe.ts'
import { model as modelDef } from '../models/index.ts'
import { ANOMALY_LOSSES, anomalyLoss, calibrateAnomaly, decodeAnomaly, explainedAnomaly, fileOutputs, predictAnomaly, scoreAnomaly } from './series/anomaly.ts'
import { anomalySet, normalClass } from './series/anomaly-set.ts'
import { exportedSeries, seriesAttribution, seriesLabels } from './series/exported-series.ts'
import { preprocessSeries } from './series/series-graph.ts'
import { measureSeries } from './series/series-recipe.ts'
import { seriesFeatures } from './series/series-set.ts'
import type { TaskDef, TrainingData } from './task.ts'

const ID = 'anomaly-detection'

async function recipe(data: TrainingData, name: string | null): Promise<TrainConfig> {
  const model = name ?? 'autoencoder-conv'
  if (!modelDef(model).tasks.includes(ID)) throw new LatheError('usage', `model '${model}' does not serve ${ID}`)
  const normal = normalClass(data.classes)
  // What is normal decides the scale: anomalies of the training split are not looked at.
  const read = async (most: number): Promise<Awaited<ReturnType<TrainingData['read']>>> => (await data.read(most)).filter((s) => s.class === normal)
  return {
    task: ID,
    model,
    modelOptions: {},
    input: await measureSeries({ ...data, read }),
    epochs: Math.max(10, Math.min(60, Math.round(700 / Math.ceil(data.samples / 32)))),
    batch: 32,
    optimizer: 'adamw',
    lr: model === 'autoencoder-lstm' ? 4e-3 : 2e-3,
    schedule: 'warmup-cosine',
    momentum: 0.9,
    weightDecay: 0.01,
    labelSmoothing: 0,
    dropout: 0,
    initializer: 'xavier-normal',
    seed: 1,
    // Noise that is added and must be drawn back teaches what is normal; masks and warps would make up faults.
    augment: null,
    earlyStopping: null,
    ...trainDefaults,
    clipNorm: 1,
  }
}

export const anomalyDetection: TaskDef = {
  title: 'Anomaly detection',
  input: 'series',
  label: 'class',
  metrics: ['auc', 'f1', 'precision', 'recall', 'accuracy'],
  models: ['autoencoder-conv', 'autoencoder-dense', 'autoencoder-lstm'],
  hits: null,
  leastClasses: 1,
  recipe,
  features: (config) => seriesFeatures(inputOf('series', config)),
  targets: () => ({}),
  load: anomalySet,
  preprocess: preprocessSeries,
  losses: ANOMALY_LOSSES,
  loss: anomalyLoss,
  predict: predictAnomaly,
  calibrate: calibrateAnomaly,
  score: scoreAnomaly,
  decode: (row) => decodeAnomaly(row),
  attribution: seriesAttribution,
  attributionLabels: (_features, config) => seriesLabels(config),
  explainable: () => 1,
  explained: explainedAnomaly,
  explainedOf: () => 0,
  explainedName: () => 'score',
  exported: { ...exportedSeries, ...fileOutputs },
}
