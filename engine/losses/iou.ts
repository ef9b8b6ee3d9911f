// IoU: one minus intersection over union of boxes.
import { reduceSum, sub } from '../ops/build.ts'
import { overlap } from './boxes.ts'
import { defineLoss, noOptions } from './loss.ts'
import { needSame, needShape, overRows } from './rows.ts'

/** 1 − IoU; the logarithmic form is Yu et al., "UnitBox", ACM MM 2016. Has no gradient for boxes that do not touch: see `giou`. */
export const iou = defineLoss({
  title: 'IoU',
  description: 'One minus the overlap of boxes',
  prediction: '[N, 4] boxes as x1, y1, x2, y2',
  target: 'float [N, 4] boxes',
  options: noOptions,
  build: (input) => {
    const target = needSame('IoU', input)
    needShape('IoU', input.prediction, [4])
    return overRows(reduceSum(sub(1, overlap(input.prediction, target).iou), [1]), input.weights)
  },
})
