// Softmax cross-entropy: −Σ target · log softmax(logits).
import { add, cast, div, equal, logSoftmax, mul, neg, reduceSum, unsqueeze } from '../ops/build.ts'
import type { Graph, Value } from '../graph/graph.ts'
import { GraphError } from '../graph/errors.ts'
import type { LossDef, LossInput, LossOutput } from './loss.ts'

/** Stable for any finite logits because LogSoftmax subtracts the largest. Label smoothing: Szegedy et al., "Rethinking the Inception architecture", CVPR 2016, section 7. */
function build({ logits, labels, weights, labelSmoothing }: LossInput): LossOutput {
  const graph = logits.graph
  const classes = logits.shape[1]
  if (logits.shape.length !== 2 || typeof classes !== 'number') throw new GraphError(`softmax cross-entropy: logits must be [N, classes] with known classes, they are [${logits.shape.join(', ')}]`)
  const targets = labels.dtype === 'int64' ? oneHotRows(graph, labels, classes) : labels
  const logp = logSoftmax(logits, 1)
  const weighted = (perRow: Value): Value => (weights ? mul(perRow, weights) : perRow)
  const sum = reduceSum(weighted(neg(reduceSum(mul(logp, targets), [1]))))
  const rows = reduceSum(weights ?? reduceSum(targets, [1]))
  if (labelSmoothing === 0) return { objective: div(sum, rows), sum }
  const even = reduceSum(weighted(mul(reduceSum(logp, [1]), -1 / classes)))
  return { objective: div(add(mul(sum, 1 - labelSmoothing), mul(even, labelSmoothing)), rows), sum }
}

/** Float [N, classes] with a 1 at each label. */
function oneHotRows(graph: Graph, labels: Value, classes: number): Value {
  const all = graph.constant(BigInt64Array.from({ length: classes }, (_, i) => BigInt(i)), 'int64', [1, classes])
  return cast(equal(unsqueeze(labels, [1]), all), 'float32')
}

export const softmaxCrossEntropy: LossDef = {
  title: 'Softmax cross-entropy',
  description: 'For one class out of several',
  build,
}
