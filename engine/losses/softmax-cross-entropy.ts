// Softmax cross-entropy: −Σ target · log softmax(logits), with class weights, label smoothing and an index to ignore.
import { z } from 'zod'
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import { add, cast, div, equal, logSoftmax, max, mul, neg, not, reduceSum, unsqueeze } from '../ops/build.ts'
import { scalarOf, typed } from '../ops/support/rule.ts'
import { defineLoss } from './loss.ts'
import { needTarget } from './rows.ts'

const options = z.strictObject({
  /** Share of each target spread evenly over all classes. Szegedy et al., "Rethinking the Inception architecture", CVPR 2016, section 7. */
  labelSmoothing: z.number().min(0).max(0.9).default(0),
  /** One for each class; the mean is over weights, as in PyTorch's CrossEntropyLoss. */
  classWeights: z.array(z.number().min(0)).nullable().default(null),
  /** Positions with this label do not count; only with int64 targets. */
  ignoreIndex: z.int().nullable().default(null),
})

/** Stable for any finite logits because LogSoftmax subtracts the largest. Bridle, "Probabilistic interpretation of feedforward classification network outputs", 1990. */
export const softmaxCrossEntropy = defineLoss({
  title: 'Softmax cross-entropy',
  description: 'For one class out of several',
  prediction: '[N, classes, …] logits',
  target: 'int64 [N, …] class indices, or float [N, classes, …] probabilities',
  options,
  build: (input, { labelSmoothing, classWeights, ignoreIndex }) => {
    const logits = input.prediction
    const target = needTarget('softmax cross-entropy', input)
    const classes = logits.shape[1]
    if (logits.shape.length < 2 || typeof classes !== 'number') throw new GraphError(`softmax cross-entropy: logits must be [N, classes, …] with known classes, they are [${logits.shape.join(', ')}]`)
    if (classWeights && classWeights.length !== classes) throw new GraphError(`softmax cross-entropy: ${classWeights.length} class weights for ${classes} classes`)
    const targets = target.dtype === 'int64' ? oneHot(logits, target, classes) : target
    const logp = logSoftmax(logits, 1)
    const positions = positionWeights(logits, target, input.weights, ignoreIndex)
    const weighted = (per: Value): Value => (positions ? mul(per, positions) : per)
    const plain = weighted(neg(reduceSum(mul(logp, targets), [1])))
    const sum = reduceSum(plain)
    const perClass = classWeights && logits.graph.constant(typed(logits.dtype, classWeights), logits.dtype, [1, classes, ...logits.shape.slice(2).map(() => 1)])
    const hard = perClass ? reduceSum(weighted(neg(reduceSum(mul(mul(logp, targets), perClass), [1])))) : sum
    const mass = weighted(reduceSum(perClass ? mul(targets, perClass) : targets, [1]))
    const count = perClass || !positions ? reduceSum(mass) : reduceSum(positions)
    const rows = ignoreIndex === null ? count : max(count, scalarOf(logits.graph, logits.dtype, 1e-12))
    if (labelSmoothing === 0) return { objective: div(hard, rows), sum }
    const even = reduceSum(weighted(mul(reduceSum(perClass ? mul(logp, perClass) : logp, [1]), -1 / classes)))
    return { objective: div(add(mul(hard, 1 - labelSmoothing), mul(even, labelSmoothing)), rows), sum }
  },
})

/** Of `like`'s type and shape, with a 1 at each label. */
function oneHot(like: Value, labels: Value, classes: number): Value {
  const all = like.graph.constant(BigInt64Array.from({ length: classes }, (_, i) => BigInt(i)), 'int64', [1, classes, ...like.shape.slice(2).map(() => 1)])
  return cast(equal(unsqueeze(labels, [1]), all), like.dtype)
}

/** Weight of each position [N, …]: its row's, and 0 where its label is the ignored one; null for all 1. */
function positionWeights(logits: Value, target: Value, weights: Value | null, ignoreIndex: number | null): Value | null {
  const inner = logits.shape.slice(2).map((_, i) => i + 1)
  const rows = weights && inner.length > 0 ? unsqueeze(weights, inner) : weights
  const keep = ignoreIndex === null ? null : ignore(logits, target, ignoreIndex)
  const spread = rows && inner.length > 0 && !keep ? mul(rows, onesOf(logits)) : rows
  return spread && keep ? mul(keep, spread) : (keep ?? spread)
}

function ignore(logits: Value, target: Value, index: number): Value {
  if (target.dtype !== 'int64') throw new GraphError(`softmax cross-entropy: an index to ignore needs int64 targets, they are ${target.dtype}`)
  return cast(not(equal(target, scalarOf(target.graph, 'int64', index))), logits.dtype)
}

/** [N, …] of ones: softmax sums to 1 over the classes, and a difference with itself is 0. */
function onesOf(logits: Value): Value {
  const first = reduceSum(mul(logits, 0), [1])
  return add(first, 1)
}
