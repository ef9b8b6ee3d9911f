// Multi-label classification of pictures: any number of classes for each.
import type { Outputs } from '../contract/commands.ts'
import { LatheError } from '../contract/errors.ts'
import { inputOf } from '../contract/inputs/of.ts'
import { imageAugmentation, type TrainConfig } from '../contract/recipe.ts'
import type { DataSet, TensorData, TensorSpec } from '../data/types.ts'
import type { Value } from '../graph/graph.ts'
import { loss as lossOf } from '../losses/index.ts'
import { multilabelScore, SAID } from '../metrics/multilabel.ts'
import { model as modelDef } from '../models/index.ts'
import { add, cast, equal, greaterOrEqual, mul, neg, reduceMean, reduceMin, reduceSum, sigmoid, softplus, sub } from '../ops/build.ts'
import { imageAttribution } from './image/attribution.ts'
import { exportedImage } from './image/exported-image.ts'
import { pixelSpec } from './image/image-set.ts'
import { pictureSet } from './image/picture-set.ts'
import { normalise } from './image/preprocess.ts'
import { imageRecipe } from './image/recipe.ts'
import { chosenLoss, type TaskLosses } from './support/chosen-loss.ts'
import { floatsOf, need } from './support/one-class.ts'
import type { LoadRequest, PredictRequest, Score, ScoredRow, ScoreRequest, TaskDef, TrainingData, Values } from './task.ts'

const ID = 'image-multilabel'
const LOSSES: TaskLosses = ['binary-cross-entropy', 'focal']

async function recipe(data: TrainingData, name: string | null): Promise<TrainConfig> {
  const model = name ?? 'residual-cnn'
  if (!modelDef(model).tasks.includes(ID)) throw new LatheError('usage', `model '${model}' does not serve ${ID}`)
  const base = await imageRecipe(ID, model, data)
  // Several things in one picture: more to see than one class, so the network is normalised, steps are small and many, and the pictures stay upright.
  return { ...base, modelOptions: model === 'cnn' ? { ...base.modelOptions, convolutions: 2, norm: 'batch-norm' } : model === 'residual-cnn' ? { filters: [16, 32, 64, 64] } : base.modelOptions, batch: Math.min(base.batch, 16), epochs: Math.max(5, Math.min(40, Math.round(30_000 / Math.max(1, data.samples)))), lr: model === 'mlp' ? 1e-3 : 3e-3, labelSmoothing: 0, augment: { shift: 0.08, rotate: 0, scale: 0.1, shear: 0, flipHorizontal: false, flipVertical: false } }
}

const targets = (_config: TrainConfig, classes: number): Record<string, TensorSpec> => ({ classes: { dtype: 'float32', shape: [classes] } })

async function load(request: LoadRequest): Promise<DataSet> {
  const { samples, classes, config } = request
  const named = samples.map(({ label }) => (label?.kind === 'classes' ? Float32Array.from(classes, (_, c) => (label.classes.includes(c) ? 1 : 0)) : null))
  return await pictureSet(request, {
    augment: request.purpose === 'train' ? imageAugmentation(config.augment) : null,
    labelled: (row) => (named[row] ?? null) !== null,
    annotate: (row) => ({ mask: null, boxes: [], classes: named[row] ?? new Float32Array(classes.length) }),
    targets: targets(config, classes.length),
    write: (picture, out, i) => { (out['classes'] as Float32Array | undefined)?.set(picture.classes ?? [], i * classes.length) },
    truth: (row) => named[row] ?? null,
  })
}

/** [N]: mean binary cross-entropy over the classes. */
const entropy = (logits: Value, wanted: Value): Value => reduceMean(add(mul(sub(1, wanted), logits), softplus(neg(logits))), [1], false)

function predict({ outputs, targets: given }: PredictRequest): Values {
  const logits = need(outputs, 'logits')
  return { probabilities: sigmoid(logits), ...(given && { losses: entropy(logits, need(given, 'classes')) }) }
}

/** Classes that are said to be there, and the probability of each. */
function decode(row: Readonly<Record<string, TensorData>>, _config: TrainConfig, classes: readonly string[]): Outputs {
  const probabilities = row['probabilities'] as Float32Array | undefined
  const each = classes.map((name, i) => ({ class: name, probability: probabilities?.[i] ?? 0 })).sort((a, b) => b.probability - a.probability)
  return { kind: 'classes', classes: each.filter(({ probability }) => probability >= SAID).map((one) => one.class), probabilities: each }
}

function score({ set, outputs, config, classes, seed }: ScoreRequest): Score {
  const [all, K] = [floatsOf(outputs, 'probabilities'), classes.length]
  const losses = outputs['losses']?.data as Float32Array | undefined
  const labelled = Int32Array.from({ length: set.count }, (_, i) => i).filter((i) => set.truth(i) !== null)
  if (labelled.length === 0) throw new LatheError('data', `none of the ${set.count} samples is labelled: give some of this split their classes to measure on it`)
  const truthOf = (i: number): Float32Array | null => set.truth(i) as Float32Array | null
  const [truth, probabilities] = [new Uint8Array(labelled.length * K), new Float32Array(labelled.length * K)]
  labelled.forEach((row, i) => {
    truth.set(truthOf(row) ?? [], i * K)
    probabilities.set(all.subarray(row * K, (row + 1) * K), i * K)
  })
  const rows = Array.from({ length: set.count }, (_, i): ScoredRow => {
    const own = all.slice(i * K, (i + 1) * K)
    const wanted = truthOf(i)
    return { predicted: null, probability: own.reduce((least, p) => Math.min(least, Math.max(p, 1 - p)), 1), probabilities: own, loss: wanted ? (losses?.[i] ?? null) : null, correct: wanted && own.every((p, c) => p >= SAID === (wanted[c] === 1)), output: decode({ probabilities: own }, config, classes) }
  })
  return { samples: labelled.length, ...multilabelScore(truth, probabilities, K, seed), confusion: [], rows }
}

export const imageMultilabel: TaskDef = {
  title: 'Multi-label images',
  input: 'image',
  label: 'classes',
  metrics: ['map', 'f1-micro', 'f1-macro', 'exact'],
  models: ['residual-cnn', 'cnn', 'depthwise-cnn', 'mlp'],
  losses: LOSSES,
  hits: 'exact',
  recipe,
  features: (config) => ({ pixels: pixelSpec(inputOf('image', config)) }),
  targets,
  load,
  preprocess: (features, config) => ({ x: normalise(need(features, 'pixels'), inputOf('image', config)) }),
  loss: ({ outputs, targets: given, rows, config }) => {
    const [logits, wanted] = [need(outputs, 'logits'), need(given, 'classes')]
    const name = chosenLoss(config, LOSSES)
    const { objective, sum } = lossOf(name).build({ prediction: logits, target: wanted, weights: rows }, { ...(name === LOSSES[0] && { labelSmoothing: config.labelSmoothing }), ...config.lossOptions })
    const said = cast(greaterOrEqual(logits, 0), 'float32')
    return { objective, sum, correct: reduceSum(mul(reduceMin(cast(equal(said, cast(greaterOrEqual(wanted, 0.5), 'float32')), 'float32'), [1]), rows)) }
  },
  predict,
  averaged: { logits: { kind: 'sigmoid' } },
  score,
  decode,
  parts: (row) => ({ data: row['probabilities'] as Float32Array, width: 1, fold: 'most' }),
  attribution: (config) => imageAttribution(inputOf('image', config)),
  exported: {
    ...exportedImage,
    outputs: { probabilities: 'float32 [N, classes], each on its own', logits: 'float32 [N, classes]' },
    compare: ['probabilities'],
    graphOutputs: ({ outputs }) => ({ probabilities: sigmoid(need(outputs, 'logits')), logits: need(outputs, 'logits') }),
    metadata: () => ({ thresholds: JSON.stringify({ probability: SAID }) }),
  },
}
