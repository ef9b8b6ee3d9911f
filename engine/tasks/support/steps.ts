// Lengths of sequences as masks, as graph nodes.
import type { Value } from '../../graph/graph.ts'
import { cast, equal, less, sub, unsqueeze } from '../../ops/build.ts'

const counting = (of: Value, steps: number): Value => of.graph.constant(BigInt64Array.from({ length: steps }, (_, i) => BigInt(i)), 'int64', [1, steps])

/** Float [N, steps]: 1 for the first `length` steps of each row; `length` int64 [N, 1]. */
export function lengthMask(length: Value, steps: number): Value {
  return cast(less(counting(length, steps), length), 'float32')
}

/** Float [N, 1, steps]: 1 at the last of the first `length` steps. */
export function lastStep(length: Value, steps: number): Value {
  return unsqueeze(cast(equal(counting(length, steps), sub(length, length.graph.constant(BigInt64Array.of(1n), 'int64', []))), 'float32'), [1])
}
