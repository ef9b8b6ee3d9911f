// Focal loss: cross-entropy that turns down what is already right, for rare classes.
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { add, cast, div, equal, exp, log, logSoftmax, max, mul, neg, reduceSum, softplus, sub, unsqueeze } from '../ops/build.ts'
import { scalarOf, typed } from '../ops/support/rule.ts'
import { GraphError } from '../graph/errors.ts'
import { defineLoss, lossOptions } from './loss.ts'
import { meanOfRows, needSame, needTarget, overRows } from './rows.ts'

const options = z.strictObject({
  gamma: z.number().min(0).default(2).describe('How far easy examples are turned down; 0 is cross-entropy.'),
  /** Null for both 1. Only for float targets. */
  alpha: z.number().min(0).max(1).nullable().default(0.25).describe('Where several classes may be right: weight of a yes, 1 − alpha that of a no.'),
  /** Of what is minimised, as in softmax cross-entropy; only for int64 targets. */
  labelSmoothing: z.number().min(0).max(0.9).default(0),
  classWeights: z.array(z.number().min(0)).nullable().default(null),
})

/** @throws LatheError `usage` for options that do not fit. */
export const focalOptions = (given: Readonly<Record<string, unknown>>): z.infer<typeof options> => lossOptions('Focal', options, given)

/** Lin et al., "Focal loss for dense object detection", ICCV 2017, equations 4 and 5: −α_t·(1 − p_t)^γ·log p_t. For classes α is the weight of each, and a smoothed target is the mean over classes by its shares. */
export const focal = defineLoss({
  title: 'Focal',
  description: 'Cross-entropy that looks at what is still wrong, for rare classes',
  prediction: '[N, …] logits; [N, classes, …] for int64 targets',
  target: 'float [N, …], each 0 or 1, or int64 [N, …] class indices',
  options,
  build: (input, { gamma, alpha, labelSmoothing, classWeights }) => {
    if (needTarget('focal', input).dtype !== 'int64') return overRows(meanOfRows(sigmoidFocal(input.prediction, needSame('focal', input), gamma, alpha)), input.weights)
    const hot = oneHot(input.prediction, needTarget('focal', input))
    const terms = focalTerms(input.prediction, gamma)
    const of = (shares: Value): Value => meanOfRows(reduceSum(mul(terms, shares), [1]))
    const plain = overRows(of(hot), input.weights)
    if (labelSmoothing === 0 && !classWeights) return plain
    const classes = Number(terms.shape[1])
    if (classWeights && classWeights.length !== classes) throw new GraphError(`focal: ${classWeights.length} class weights for ${classes} classes`)
    const smooth = labelSmoothing === 0 ? hot : add(mul(hot, 1 - labelSmoothing), labelSmoothing / classes)
    if (!classWeights) return { ...plain, objective: overRows(of(smooth), input.weights).objective }
    const perClass = terms.graph.constant(typed(terms.dtype, classWeights), terms.dtype, [1, classes, ...terms.shape.slice(2).map(() => 1)])
    // The mean is over the weights of the true classes, as in softmax cross-entropy.
    const mass = overRows(meanOfRows(reduceSum(mul(hot, perClass), [1])), input.weights).sum
    return { ...plain, objective: div(overRows(of(mul(smooth, perClass)), input.weights).sum, mass) }
  },
})

/** With s = ±1 for yes and no: log p_t = −softplus(−s·x) and log(1 − p_t) = −softplus(s·x). */
function sigmoidFocal(x: Value, t: Value, gamma: number, alpha: number | null): Value {
  const sx = mul(x, sub(mul(t, 2), 1))
  const loss = mul(exp(mul(softplus(sx), -gamma)), softplus(neg(sx)))
  return alpha === null ? loss : mul(loss, add(mul(t, 2 * alpha - 1), 1 - alpha))
}

/** −(1 − p_c)^γ·log p_c of each class c: [N, classes, …] from logits of that shape. */
export function focalTerms(logits: Value, gamma: number): Value {
  const logp = logSoftmax(logits, 1)
  // 1 − p is 0 in rounding for a certain prediction, whose loss is 0 as well.
  const rest = log(max(sub(1, exp(logp)), scalarOf(logits.graph, logits.dtype, 1e-12)))
  return neg(mul(exp(mul(rest, gamma)), logp))
}

function oneHot(logits: Value, labels: Value): Value {
  const classes = logits.shape[1]
  if (logits.shape.length < 2 || logits.shape.length !== labels.shape.length + 1 || typeof classes !== 'number') throw new GraphError(`focal: logits must be [N, classes, …] for int64 targets [N, …], they are [${logits.shape.join(', ')}] for [${labels.shape.join(', ')}]`)
  const all = logits.graph.constant(BigInt64Array.from({ length: classes }, (_, i) => BigInt(i)), 'int64', [1, classes, ...logits.shape.slice(2).map(() => 1)])
  return cast(equal(unsqueeze(labels, [1]), all), logits.dtype)
}
