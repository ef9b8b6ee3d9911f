// Contrastive loss: pairs of the same kind together, others at least a margin apart.
import { z } from 'zod'
import { add, mul, relu, sub } from '../ops/build.ts'
import { distance, part } from './distance.ts'
import { defineLoss } from './loss.ts'
import { needShape, needTarget, overRows } from './rows.ts'

const options = z.strictObject({ margin: z.number().positive().default(1) })

/** Hadsell, Chopra and LeCun, "Dimensionality reduction by learning an invariant mapping", CVPR 2006, equation 4, with 1 for pairs of the same kind: ½·(t·d² + (1 − t)·max(0, m − d)²). */
export const contrastive = defineLoss({
  title: 'Contrastive',
  description: 'For pairs: same together, different apart',
  prediction: '[N, 2, D] two embeddings',
  target: 'float [N], 1 for the same kind, 0 for different',
  options,
  build: (input, { margin }) => {
    needShape('contrastive', input.prediction, [2, null])
    const same = needTarget('contrastive', input)
    const d = distance(part(input.prediction, 0), part(input.prediction, 1))
    const gap = relu(sub(margin, d))
    return overRows(mul(add(mul(same, mul(d, d)), mul(sub(1, same), mul(gap, gap))), 0.5), input.weights)
  },
})
