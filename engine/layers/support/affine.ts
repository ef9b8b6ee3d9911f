// The learned scale and shift of normalising layers.
import type { Value } from '../../graph/graph.ts'
import { add, mul, reshape } from '../../ops/build.ts'
import type { LayerParameter } from '../layer.ts'

/** `weight` (ones at the start) and `bias` (zeros), both [size], neither decayed. */
export function affineParameters(size: number): LayerParameter[] {
  const fan = { in: size, out: size }
  return [
    { name: 'weight', shape: [size], initializer: 'zeros', initial: 1, fan, decay: false },
    { name: 'bias', shape: [size], initializer: 'zeros', fan, decay: false },
  ]
}

/** A vector over the channels as [C, 1, …], to broadcast against [N, C, …]. */
export const overChannels = (v: Value, x: Value): Value => reshape(v, [v.shape[0] ?? 1, ...x.shape.slice(2).map(() => 1)])

/** x · weight + bias, both over the channels. */
export const affine = (x: Value, weight: Value, bias: Value): Value => add(mul(x, overChannels(weight, x)), overChannels(bias, x))
