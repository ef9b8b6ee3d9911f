// Parts of a row and the distance between them, for losses on embeddings.
import type { Value } from '../graph/graph.ts'
import { add, mul, reduceSum, slice, sqrt, squeeze, sub } from '../ops/build.ts'

/** Keeps the slope of the root finite where two embeddings are equal; as in PyTorch's pairwise_distance. */
const EPSILON = 1e-6

/** [N, k, D] to part `i` [N, D]; [N, k] to [N]. */
export function part(x: Value, i: number): Value {
  return squeeze(slice(x, { starts: [i], ends: [i + 1], axes: [1] }), [1])
}

/** Euclidean distance of the rows of `a` and `b` [N, D]: [N]. */
export function distance(a: Value, b: Value): Value {
  const d = add(sub(a, b), EPSILON)
  return sqrt(reduceSum(mul(d, d), [1]))
}
