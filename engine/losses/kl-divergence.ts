// Kullback–Leibler divergence from a target distribution, for soft labels and distillation.
import { z } from 'zod'
import { log, logSoftmax, max, mul, sub } from '../ops/build.ts'
import { scalarOf } from '../ops/support/rule.ts'
import { defineLoss } from './loss.ts'
import { needSame, needShape, overRows, sumOfRows } from './rows.ts'

const options = z.strictObject({
  /** Logits are divided by it and the loss multiplied by its square: Hinton et al., "Distilling the knowledge in a neural network", 2015. */
  temperature: z.number().positive().default(1),
})

/** Kullback and Leibler, "On information and sufficiency", 1951: Σ t·(log t − log softmax(x / T)). Targets of 0 count nothing. */
export const klDivergence = defineLoss({
  title: 'KL divergence',
  description: 'From a target distribution, for soft labels and distillation',
  prediction: '[N, classes] logits',
  target: 'float [N, classes] probabilities',
  options,
  build: (input, { temperature }) => {
    const t = needSame('KL divergence', input)
    needShape('KL divergence', input.prediction, [null])
    const logp = logSoftmax(temperature === 1 ? input.prediction : mul(input.prediction, 1 / temperature), 1)
    const logt = log(max(t, scalarOf(t.graph, t.dtype, 1e-37)))
    const perRow = sumOfRows(mul(t, sub(logt, logp)))
    return overRows(temperature === 1 ? perRow : mul(perRow, temperature ** 2), input.weights)
  },
})
