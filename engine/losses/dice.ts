// Dice: one minus the overlap of predicted and true region, for segmentation.
import { z } from 'zod'
import { add, div, mul, sigmoid, sub } from '../ops/build.ts'
import { defineLoss } from './loss.ts'
import { needSame, overRows, sumOfRows } from './rows.ts'

const options = z.strictObject({
  /** Added above and below, so that two empty regions agree. */
  smooth: z.number().positive().default(1),
})

/** Sudre et al., "Generalised Dice overlap as a deep learning loss function", 2017 (the two-class form); p = σ(x): 1 − (2·Σpt + s) / (Σp + Σt + s) of each row. */
export const dice = defineLoss({
  title: 'Dice',
  description: 'One minus the overlap of regions, for segmentation',
  prediction: '[N, …] logits',
  target: 'float [N, …], 0 to 1',
  options,
  build: (input, { smooth }) => {
    const t = needSame('dice', input)
    const p = sigmoid(input.prediction)
    const overlap = add(mul(sumOfRows(mul(p, t)), 2), smooth)
    return overRows(sub(1, div(overlap, add(sumOfRows(add(p, t)), smooth))), input.weights)
  },
})
