// Object detection: a box and a class for each object in a picture.
import { inputOf } from '../contract/inputs/of.ts'
import { imageAugmentation, type TrainConfig } from '../contract/recipe.ts'
import type { TensorSpec } from '../data/types.ts'
import type { Value } from '../graph/graph.ts'
import { identity, mul, reduceSum } from '../ops/build.ts'
import { assignBoxes, boxesOf } from './detection/assign.ts'
import { cellBoxes, cellScores, DETECTION_LOSSES, detectionLoss, LEAST, MOST, OVERLAP, pixelBoxes, select, shares, surest, type Selected } from './detection/graph.ts'
import { gridOf } from './detection/grid.ts'
import { boxesFound, decodeBoxes, scoreDetection, type DetectionTruth } from './detection/score.ts'
import { imageAttribution } from './image/attribution.ts'
import { exportedPicture } from './image/exported-picture.ts'
import { pixelSpec } from './image/image-set.ts'
import { pictureSet, sizeSpec } from './image/picture-set.ts'
import { normalise } from './image/preprocess.ts'
import { visionRecipe } from './image/vision-recipe.ts'
import { chosenLoss, withoutOptions } from './support/chosen-loss.ts'
import { need } from './support/one-class.ts'
import type { LoadRequest, PredictRequest, TaskDef, Values } from './task.ts'

const ID = 'object-detection'

function targets(config: TrainConfig): Record<string, TensorSpec> {
  const { cells } = gridOf(inputOf('image', config))
  return { cells: { dtype: 'int32', shape: [cells] }, corners: { dtype: 'float32', shape: [cells, 4] } }
}

async function load(request: LoadRequest): ReturnType<TaskDef['load']> {
  const { samples, config } = request
  const input = inputOf('image', config)
  const grid = gridOf(input)
  const boxes = samples.map(({ label }) => (label?.kind === 'boxes' ? label.boxes : null))
  return await pictureSet(request, {
    augment: request.purpose === 'train' ? imageAugmentation(config.augment) : null,
    labelled: (row) => (boxes[row] ?? null) !== null,
    annotate: (row, size) => {
      const [sx, sy] = [input.width / size.width, input.height / size.height]
      return { mask: null, classes: null, boxes: (boxes[row] ?? []).map((box) => ({ class: box.class, x: box.x * sx, y: box.y * sy, width: box.width * sx, height: box.height * sy })) }
    },
    targets: targets(config),
    write: (picture, out, i) => {
      const [cells, corners] = [out['cells'] as Int32Array | undefined, out['corners'] as Float32Array | undefined]
      if (cells && corners) assignBoxes(picture.boxes, grid, cells.subarray(i * grid.cells, (i + 1) * grid.cells), corners.subarray(i * grid.cells * 4, (i + 1) * grid.cells * 4))
    },
    truth: (row): DetectionTruth => ({ boxes: boxes[row] ?? null }),
  })
}

function lossOf(outputs: Values, given: Values, config: TrainConfig, rows: Value | null): ReturnType<typeof detectionLoss> {
  const name = chosenLoss(config, DETECTION_LOSSES)
  withoutOptions(config, name)
  return detectionLoss({ name, logits: need(outputs, 'logits'), sides: need(outputs, 'sides'), cells: need(given, 'cells'), corners: need(given, 'corners'), rows, input: inputOf('image', config) })
}

function answers({ outputs, config }: PredictRequest): Selected & { readonly denseScores: Value; readonly denseBoxes: Value } {
  const input = inputOf('image', config)
  const scores = cellScores(need(outputs, 'logits'), input)
  const fractions = shares(cellBoxes(need(outputs, 'sides'), input), input)
  return { ...select(fractions, scores), denseScores: scores, denseBoxes: fractions }
}

function predict(request: PredictRequest): Values {
  const { outputs, features, targets: given, config } = request
  const { scores, classes, boxes, denseScores, denseBoxes } = answers(request)
  return { scores, classes, fractions: boxes, source: identity(need(features, 'size')), dense_scores: denseScores, dense_boxes: denseBoxes, ...(given && { losses: lossOf(outputs, given, config, null).perRow }) }
}

export const objectDetection: TaskDef = {
  title: 'Object detection',
  input: 'image',
  label: 'boxes',
  metrics: ['map50', 'map', 'map75', 'f1', 'precision', 'recall'],
  models: ['detector'],
  losses: DETECTION_LOSSES,
  hits: 'overlap',
  recipe: (data, name) => visionRecipe(data, { task: ID, model: name ?? 'detector', sides: [64, 160], step: 16, pictures: 18_900, lr: 5e-3 }),
  features: (config) => ({ pixels: pixelSpec(inputOf('image', config)), size: sizeSpec }),
  targets,
  load,
  preprocess: (features, config) => ({ x: normalise(need(features, 'pixels'), inputOf('image', config)) }),
  loss: ({ outputs, targets: given, rows, config }) => {
    const { objective, perRow, overlap } = lossOf(outputs, given, config, rows)
    return { objective, sum: reduceSum(mul(perRow, rows)), correct: reduceSum(mul(overlap, rows)) }
  },
  predict,
  score: scoreDetection,
  decode: decodeBoxes,
  parts: (row) => ({ data: (row['scores'] as Float32Array).filter((p) => p > 0), width: 1, fold: 'most' }),
  attribution: (config) => imageAttribution(inputOf('image', config)),
  explained: (outputs, target) => surest(need(outputs, 'logits'), target),
  explainedOf: (row) => boxesFound(row)[0]?.class ?? 0,
  drawn: ({ cells, corners }) => ({ label: { kind: 'boxes', boxes: cells instanceof Int32Array && corners instanceof Float32Array ? boxesOf(cells, corners) : [] } }),
  exported: {
    ...exportedPicture,
    outputs: {
      boxes: `float32 [N, ${MOST}, 4]: x, y, width, height in pixels of the image given, the best first`,
      scores: `float32 [N, ${MOST}], 0 where there is no further box`,
      classes: `int64 [N, ${MOST}], index in the classes`,
      dense_scores: 'float32 [N, classes, cells], before non-maximum suppression',
      dense_boxes: 'float32 [N, cells, 4]: x1, y1, x2, y2 as shares of width and height, before non-maximum suppression',
    },
    compare: ['dense_scores', 'dense_boxes'],
    graphOutputs: (request) => {
      const { scores, classes, boxes, denseScores, denseBoxes } = answers(request)
      return { boxes: pixelBoxes(boxes, need(request.features, 'size')), scores, classes, dense_scores: denseScores, dense_boxes: denseBoxes }
    },
    metadata: () => ({ thresholds: JSON.stringify({ score: LEAST, overlap: OVERLAP, boxes: MOST }) }),
  },
}
