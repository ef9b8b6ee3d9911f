// The detector's answers as graph nodes: boxes of all cells, the best of them by non-maximum suppression, and the loss.
import { detach } from '../../autodiff/detach.ts'
import type { ImageInput } from '../../contract/recipe.ts'
import type { Value } from '../../graph/graph.ts'
import { overlap } from '../../losses/boxes.ts'
import { add, cast, concat, div, equal, fullLike, gatherElements, greater, max, mod, mul, neg, nonMaxSuppression, reduceSum, reshape, scatterND, sigmoid, slice, softplus, sub, topK, transpose, unsqueeze } from '../../ops/build.ts'
import type { TaskLosses } from '../support/chosen-loss.ts'
import { centreOf, gridOf, STRIDE } from './grid.ts'

/** What boxes are learned with. */
export const DETECTION_LOSSES: TaskLosses = ['giou', 'iou']
/** Boxes given for a picture. */
export const MOST = 100
/** Of two boxes of a class that share more than this of their union the surer one is kept. */
export const OVERLAP = 0.6
/** Boxes that score no more than this are not given. */
export const LEAST = 0.05
/** Weight of the boxes' loss against that of their classes. */
const BOX_WEIGHT = 2
/** What a side of an untrained cell's box comes to is about this many strides. */
const REACH = 2

/** sides [N, 4, h, w]: distances from each cell's middle to left, top, right and bottom. To x1, y1, x2, y2 [N, cells, 4] in pixels of the input. */
export function cellBoxes(sides: Value, input: ImageInput): Value {
  const grid = gridOf(input)
  const { graph } = sides
  const distances = mul(softplus(reshape(transpose(sides, [0, 2, 3, 1]), [-1, grid.cells, 4])), STRIDE * REACH)
  const centres = graph.constant(Float32Array.from({ length: grid.cells * 4 }, (_, i) => centreOf(i >> 2, grid)[i % 2] ?? 0), 'float32', [1, grid.cells, 4])
  return add(centres, mul(distances, graph.constant(Float32Array.of(-1, -1, 1, 1), 'float32', [1, 1, 4])))
}

/** logits [N, K, h, w] to scores [N, K, cells]. */
export function cellScores(logits: Value, input: ImageInput): Value {
  return sigmoid(reshape(logits, [-1, Number(logits.shape[1]), gridOf(input).cells]))
}

export interface Selected {
  /** [N, most], the best first; 0 where there is no further box. */
  readonly scores: Value
  /** int64 [N, most]. */
  readonly classes: Value
  /** [N, most, 4]. */
  readonly boxes: Value
}

/** The best of boxes [N, cells, 4] with scores [N, K, cells], overlapping ones of a class left out. */
export function select(boxes: Value, scores: Value): Selected {
  const { graph } = boxes
  const [classes, cells] = [Number(scores.shape[1]), Number(scores.shape[2])]
  const kept = nonMaxSuppression(boxes, scores, { most: MOST, overlap: OVERLAP, least: LEAST })
  const one = reshape(fullLike(cast(slice(kept, { starts: [0], ends: [1], axes: [1] }), 'float32'), 1), [-1])
  const mask = scatterND(fullLike(scores, 0), kept, one)
  const [best, at] = topK(reshape(mul(scores, mask), [-1, classes * cells]), Math.min(MOST, classes * cells), 1)
  const per = graph.constant(BigInt64Array.of(BigInt(cells)), 'int64', [])
  const cell = unsqueeze(mod(at, per), [2])
  return { scores: best, classes: div(at, per), boxes: gatherElements(boxes, concat([cell, cell, cell, cell], 2), 1) }
}

export interface DetectionLoss {
  /** Sum over classes, cells and rows over the number of cells that answer for a box. */
  readonly objective: Value
  /** [N]: the same for each row. */
  readonly perRow: Value
  /** [N]: mean IoU of the cells that answer for a box; 1 for a row without boxes. */
  readonly overlap: Value
}

/**
 * Quality focal loss for classes (Li et al., "Generalized focal loss", NeurIPS 2020, equation 2: the target of a cell's class is
 * the IoU that its box has, so that scores rank boxes) and generalised IoU for boxes (Rezatofighi et al., CVPR 2019), or plain IoU.
 * @param name of DETECTION_LOSSES. @param cells int32 [N, cells]. @param corners [N, cells, 4]. @param rows [N].
 */
export function detectionLoss({ name, logits, sides, cells, corners, rows, input }: { readonly name: string; readonly logits: Value; readonly sides: Value; readonly cells: Value; readonly corners: Value; readonly rows: Value | null; readonly input: ImageInput }): DetectionLoss {
  const { graph } = logits
  const classes = Number(logits.shape[1])
  const count = gridOf(input).cells
  const shared = overlap(reshape(cellBoxes(sides, input), [-1, 4]), reshape(corners, [-1, 4]))
  const perCell = (v: Value): Value => reshape(v, [-1, count])
  const there = cast(greater(cells, graph.constant(Int32Array.of(0), 'int32', [])), 'float32')
  const iou = mul(perCell(shared.iou), there)
  const hull = name === 'iou' ? [] : [div(sub(shared.hull, shared.union), shared.hull)]
  const apart = mul(perCell(hull.reduce((a, b) => add(a, b), sub(1, shared.iou))), there)
  const flat = transpose(reshape(logits, [-1, classes, count]), [0, 2, 1])
  const hot = cast(equal(unsqueeze(cells, [2]), graph.constant(Int32Array.from({ length: classes }, (_, i) => i + 1), 'int32', [1, 1, classes])), 'float32')
  const quality = mul(hot, unsqueeze(detach(iou), [2]))
  const off = sub(quality, sigmoid(flat))
  const entropy = add(mul(sub(1, quality), flat), softplus(neg(flat)))
  const wrong = reduceSum(mul(mul(off, off), entropy), [1, 2], false)
  const loss = add(wrong, mul(reduceSum(apart, [1], false), BOX_WEIGHT))
  const found = reduceSum(there, [1], false)
  const real = (v: Value): Value => reduceSum(rows ? mul(v, rows) : v)
  return {
    objective: div(real(loss), max(real(found), 1)),
    perRow: div(loss, max(found, 1)),
    overlap: div(add(reduceSum(iou, [1], false), sub(1, cast(greater(found, 0), 'float32'))), max(found, 1)),
  }
}

/** x1, y1, x2, y2 in pixels of the input to shares of its width and height, within the picture. */
export function shares(boxes: Value, { height, width }: ImageInput): Value {
  const scale = boxes.graph.constant(Float32Array.of(1 / width, 1 / height, 1 / width, 1 / height), 'float32', [1, 1, 4])
  return mul(boxes, scale)
}

/** Shares [N, M, 4] as x, y, width, height in pixels of pictures of `size` [N, 2] (height, width). */
export function pixelBoxes(fractions: Value, size: Value): Value {
  const at = (i: number): Value => slice(fractions, { starts: [i], ends: [i + 1], axes: [2] })
  const side = (i: number): Value => unsqueeze(slice(size, { starts: [i], ends: [i + 1], axes: [1] }), [2])
  return concat([mul(at(0), side(1)), mul(at(1), side(0)), mul(sub(at(2), at(0)), side(1)), mul(sub(at(3), at(1)), side(0))], 2)
}

/** [N, K, cells] logits and one-hot [N or 1, K] to [N]: the logit of the cell that is surest of the class. */
export function surest(logits: Value, target: Value): Value {
  const [classes, cells] = [Number(logits.shape[1]), Number(logits.shape[2]) * Number(logits.shape[3])]
  const own = reduceSum(mul(reshape(logits, [-1, classes, cells]), unsqueeze(target, [2])), [1], false)
  const [best] = topK(own, 1, 1)
  return reshape(best, [-1])
}
