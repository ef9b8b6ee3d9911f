// Long vectors as pictures of one block of channels: the shape in which the operators of the blocked layout take them.
import { sameShape, type Shape } from '../../graph/types.ts'
import type { Value } from '../../graph/graph.ts'
import { reshape } from '../../ops/build.ts'

/** Less gains nothing. */
const LEAST = 4096
/** Widest and narrowest rows. */
const WIDEST = 64
const NARROWEST = 4

/** [1, block, n / block / row, row] for `n` numbers; null where they are too few or do not fill blocks. */
export function foldedShape(n: number, block: number): readonly number[] | null {
  if (block === 0 || n < LEAST || n % block !== 0) return null
  for (let row = WIDEST; row >= NARROWEST; row--) if ((n / block) % row === 0) return [1, block, n / block / row, row]
  return null
}

/** `v` in another shape: what it was before it was reshaped where that is it, and never reshaped twice. */
export function shaped(v: Value, shape: Shape): Value {
  let from = v
  while (from.producer?.op.name === 'Reshape' && from.producer.inputs[0]) from = from.producer.inputs[0]
  return sameShape(from.shape, shape) ? from : sameShape(v.shape, shape) ? v : reshape(from, shape)
}
