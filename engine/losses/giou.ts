// Generalised IoU: also pulls boxes together that do not touch.
import { add, div, reduceSum, sub } from '../ops/build.ts'
import { overlap } from './boxes.ts'
import { defineLoss, noOptions } from './loss.ts'
import { needSame, needShape, overRows } from './rows.ts'

/** Rezatofighi et al., "Generalized intersection over union", CVPR 2019, algorithm 1: 1 − IoU + (hull − union) / hull. */
export const giou = defineLoss({
  title: 'Generalised IoU',
  description: 'One minus the overlap of boxes; also tells boxes apart that do not touch',
  prediction: '[N, 4] boxes as x1, y1, x2, y2',
  target: 'float [N, 4] boxes',
  options: noOptions,
  build: (input) => {
    const target = needSame('generalised IoU', input)
    needShape('generalised IoU', input.prediction, [4])
    const { iou, union, hull } = overlap(input.prediction, target)
    return overRows(reduceSum(add(sub(1, iou), div(sub(hull, union), hull)), [1]), input.weights)
  },
})
