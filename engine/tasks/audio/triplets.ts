// Batch-hard triplets: for each row of a batch the farthest of its own class and the nearest of another.
import { detach } from '../../autodiff/detach.ts'
import { triplet } from '../../losses/triplet.ts'
import type { Value } from '../../graph/graph.ts'
import { add, and, argMax, argMin, cast, concat, div, equal, gather, greater, matmul, max, mul, not, reduceMax, reduceSum, sqrt, transpose, unsqueeze, where } from '../../ops/build.ts'

/** Beyond any cosine. */
const FAR = 1e6

/**
 * Hermans et al., "In defense of the triplet loss for person re-identification", 2017, https://arxiv.org/abs/1703.07737, on embeddings of length 1.
 * A row without another of its class or without one of another class in the batch counts nothing.
 * @param embedding [N, D] with known N. @param labels int64 [N]. @param rows float [N], 0 for padding.
 * @returns the mean over rows that count, a scalar.
 */
export function batchHard(embedding: Value, labels: Value, rows: Value, margin: number): Value {
  const { graph } = embedding
  const count = Number(embedding.shape[0])
  const unit = div(embedding, sqrt(add(reduceSum(mul(embedding, embedding), [1], true), 1e-12)))
  const same = equal(unsqueeze(labels, [1]), unsqueeze(labels, [0]))
  const itself = graph.constant(Uint8Array.from({ length: count * count }, (_, i) => (i % (count + 1) === 0 ? 1 : 0)), 'bool', [count, count])
  const real = greater(unsqueeze(rows, [0]), graph.scalar(0))
  const [positive, negative] = [and(and(same, not(itself)), real), and(not(same), real)]
  const likeness = detach(matmul(unit, transpose(unit, [1, 0])))
  const farthest = argMin(where(positive, likeness, graph.scalar(FAR)), 1, false)
  const nearest = argMax(where(negative, likeness, graph.scalar(-FAR)), 1, false)
  const some = (mask: Value): Value => reduceMax(cast(mask, 'float32'), [1], false)
  const weights = mul(mul(rows, some(positive)), some(negative))
  const triples = concat([unit, gather(unit, farthest, 0), gather(unit, nearest, 0)].map((part) => unsqueeze(part, [1])), 1)
  const { sum } = triplet.build({ prediction: triples, target: null, weights }, { margin })
  return div(sum, max(reduceSum(weights), graph.scalar(1)))
}
