// Binary cross-entropy with logits: yes or no for each output on its own, so several may be yes (multi-label).
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { add, mul, neg, softplus, sub } from '../ops/build.ts'
import { defineLoss } from './loss.ts'
import { meanOfRows, needSame, overRows } from './rows.ts'

const options = z.strictObject({
  /** Weight of a yes against a no, for rare labels. */
  positiveWeight: z.number().positive().default(1),
  /** Targets are pulled this far towards 0.5. */
  labelSmoothing: z.number().min(0).max(0.9).default(0),
})

/**
 * −w·t·log σ(x) − (1 − t)·log(1 − σ(x)) = (1 − t)·x + (1 + (w − 1)·t)·softplus(−x), stable for any finite x.
 * Cox, "The regression analysis of binary sequences", 1958; the stable form is that of PyTorch's BCEWithLogitsLoss.
 */
export const binaryCrossEntropy = defineLoss({
  title: 'Binary cross-entropy',
  description: 'For yes or no, or several classes at once (multi-label)',
  prediction: '[N, …] logits',
  target: 'float [N, …], 0 to 1',
  options,
  build: (input, { positiveWeight, labelSmoothing }) => {
    const x = input.prediction
    const target = needSame('binary cross-entropy', input)
    const loss = (t: Value, w: number): Value => add(mul(sub(1, t), x), w === 1 ? softplus(neg(x)) : mul(add(mul(t, w - 1), 1), softplus(neg(x))))
    const { sum, objective } = overRows(meanOfRows(loss(target, 1)), input.weights)
    if (positiveWeight === 1 && labelSmoothing === 0) return { sum, objective }
    const smooth = labelSmoothing === 0 ? target : add(mul(target, 1 - labelSmoothing), labelSmoothing / 2)
    return { sum, objective: overRows(meanOfRows(loss(smooth, positiveWeight)), input.weights).objective }
  },
})
