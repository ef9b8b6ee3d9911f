// Focal loss: cross-entropy that turns down what is already right, for rare classes.
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { add, cast, equal, exp, log, logSoftmax, max, mul, neg, reduceSum, softplus, sub, unsqueeze } from '../ops/build.ts'
import { scalarOf } from '../ops/support/rule.ts'
import { GraphError } from '../graph/errors.ts'
import { defineLoss } from './loss.ts'
import { meanOfRows, needSame, needTarget, overRows } from './rows.ts'

const options = z.strictObject({
  /** How far easy examples are turned down; 0 is cross-entropy. */
  gamma: z.number().min(0).default(2),
  /** Weight of a yes, 1 − alpha that of a no; null for both 1. Only for float targets. */
  alpha: z.number().min(0).max(1).nullable().default(0.25),
})

/** Lin et al., "Focal loss for dense object detection", ICCV 2017, equations 4 and 5: −α_t·(1 − p_t)^γ·log p_t. */
export const focal = defineLoss({
  title: 'Focal',
  description: 'Cross-entropy that looks at what is still wrong, for rare classes',
  prediction: '[N, …] logits; [N, classes] for int64 targets',
  target: 'float [N, …], each 0 or 1, or int64 [N] class indices',
  options,
  build: (input, { gamma, alpha }) => {
    const perRow = needTarget('focal', input).dtype === 'int64' ? softmaxFocal(input.prediction, needTarget('focal', input), gamma) : meanOfRows(sigmoidFocal(input.prediction, needSame('focal', input), gamma, alpha))
    return overRows(perRow, input.weights)
  },
})

/** With s = ±1 for yes and no: log p_t = −softplus(−s·x) and log(1 − p_t) = −softplus(s·x). */
function sigmoidFocal(x: Value, t: Value, gamma: number, alpha: number | null): Value {
  const sx = mul(x, sub(mul(t, 2), 1))
  const loss = mul(exp(mul(softplus(sx), -gamma)), softplus(neg(sx)))
  return alpha === null ? loss : mul(loss, add(mul(t, 2 * alpha - 1), 1 - alpha))
}

function softmaxFocal(logits: Value, labels: Value, gamma: number): Value {
  const classes = logits.shape[1]
  if (logits.shape.length !== 2 || typeof classes !== 'number') throw new GraphError(`focal: logits must be [N, classes] for int64 targets, they are [${logits.shape.join(', ')}]`)
  const all = logits.graph.constant(BigInt64Array.from({ length: classes }, (_, i) => BigInt(i)), 'int64', [1, classes])
  const logp = reduceSum(mul(logSoftmax(logits, 1), cast(equal(unsqueeze(labels, [1]), all), logits.dtype)), [1])
  // 1 − p is 0 in rounding for a certain prediction, whose loss is 0 as well.
  const rest = log(max(sub(1, exp(logp)), scalarOf(logits.graph, logits.dtype, 1e-12)))
  return neg(mul(exp(mul(rest, gamma)), logp))
}
