// Segmentation: a class for every pixel of a picture.
import { LatheError } from '../contract/errors.ts'
import { inputOf } from '../contract/inputs/of.ts'
import { imageAugmentation, type TrainConfig } from '../contract/recipe.ts'
import type { DataSet, TensorSpec } from '../data/types.ts'
import { div, identity, mul, reduceSum } from '../ops/build.ts'
import { imageAttribution } from './image/attribution.ts'
import { exportedPicture } from './image/exported-picture.ts'
import { pixelSpec } from './image/image-set.ts'
import { pictureSet, sizeSpec } from './image/picture-set.ts'
import { normalise } from './image/preprocess.ts'
import { visionRecipe } from './image/vision-recipe.ts'
import { atSize, found, meanLogit, segmentationLoss, SEGMENTATION_LOSSES } from './segmentation/graph.ts'
import { maskSize, numberedRuns, rasterOf, resizeMask } from './segmentation/masks.ts'
import { decodeMask, scoreSegmentation, type MaskTruth } from './segmentation/score.ts'
import { need } from './support/one-class.ts'
import type { LoadRequest, PredictRequest, TaskDef, Values } from './task.ts'

const ID = 'segmentation'
/** A pixel's class is one byte, and 0 is the background. */
const MOST_CLASSES = 255

function targets(config: TrainConfig, classes: number): Record<string, TensorSpec> {
  if (classes > MOST_CLASSES) throw new LatheError('usage', `segmentation serves at most ${MOST_CLASSES} classes, there are ${classes}; merge some`)
  const { height, width } = inputOf('image', config)
  return { wanted: { dtype: 'uint8', shape: [height, width] } }
}

async function load(request: LoadRequest): Promise<DataSet> {
  const { samples, config, classes } = request
  const input = inputOf('image', config)
  const pixels = input.height * input.width
  return await pictureSet(request, {
    augment: request.purpose === 'train' ? imageAugmentation(config.augment) : null,
    labelled: (row) => samples[row]?.label?.kind === 'mask',
    annotate: (row) => {
      const label = samples[row]?.label
      return { boxes: [], classes: null, mask: label?.kind === 'mask' ? resizeMask(rasterOf(label), input).data : new Uint8Array(pixels) }
    },
    targets: targets(config, classes.length),
    write: (picture, out, i) => { (out['wanted'] as Uint8Array | undefined)?.set(picture.mask ?? new Uint8Array(pixels), i * pixels) },
    truth: (row, size): MaskTruth => {
      const label = samples[row]?.label
      return label?.kind === 'mask' ? resizeMask(rasterOf(label), maskSize(size)) : null
    },
  })
}

function predict({ outputs, features, targets: given, config }: PredictRequest): Values {
  const logits = need(outputs, 'logits')
  return { ...found(logits), source: identity(need(features, 'size')), ...(given && { losses: segmentationLoss(logits, need(given, 'wanted'), config).perRow }) }
}

export const segmentation: TaskDef = {
  title: 'Segmentation',
  input: 'image',
  label: 'mask',
  metrics: ['miou', 'dice', 'pixel-accuracy', 'boundary-f1'],
  models: ['u-net', 'fcn'],
  losses: SEGMENTATION_LOSSES,
  hits: 'pixel-accuracy',
  // A mask follows every turn, which a box does not: small turns and more sizes make up for few pictures.
  recipe: (data, name) => visionRecipe(data, { task: ID, model: name ?? 'u-net', sides: [64, 128], step: 16, pictures: 36_000, lr: 8e-3, augment: { rotate: 15, scale: 0.25 } }),
  features: (config) => ({ pixels: pixelSpec(inputOf('image', config)), size: sizeSpec }),
  targets,
  load,
  preprocess: (features, config) => ({ x: normalise(need(features, 'pixels'), inputOf('image', config)) }),
  loss: ({ outputs, targets: given, rows, config }) => {
    const { perRow, right } = segmentationLoss(need(outputs, 'logits'), need(given, 'wanted'), config)
    const sum = reduceSum(mul(perRow, rows))
    return { objective: div(sum, reduceSum(rows)), sum, correct: reduceSum(mul(right, rows)) }
  },
  predict,
  averaged: { logits: { kind: 'softmax', axis: 1 } },
  score: scoreSegmentation,
  decode: decodeMask,
  parts: (row) => ({ data: row['certainty'] as Float32Array, width: 1, fold: 'mean' }),
  attribution: (config) => imageAttribution(inputOf('image', config)),
  explained: (outputs, target) => meanLogit(need(outputs, 'logits'), target),
  explainedOf: (row) => {
    const shares = row['shares'] as Float32Array | undefined
    return shares ? shares.slice(1).reduce((best, share, i, all) => (share > (all[best] ?? 0) ? i : best), 0) : 0
  },
  drawn: ({ wanted }, config) => ({ label: numberedRuns({ ...inputOf('image', config), data: wanted as Uint8Array }) }),
  exported: {
    ...exportedPicture,
    outputs: {
      mask: 'uint8 [N, H, W] at the size of the image given: 0 for the background, else 1 + index in the classes',
      certainty: 'float32 [N, h, w] at the size of the model\'s input: probability of what the mask says',
      shares: 'float32 [N, 1 + classes]: mean probability over the picture, the background first',
    },
    compare: ['certainty', 'shares'],
    graphOutputs: (request) => {
      const { mask, certainty, shares } = found(need(request.outputs, 'logits'))
      return { mask: atSize(mask, need(request.features, 'size')), certainty, shares }
    },
  },
}
