// Shares a gradient evenly among the elements that equal an extreme.
import type { Value } from '../../graph/graph.ts'
import { cast } from '../cast.ts'
import { div } from '../div.ts'
import { mul } from '../mul.ts'
import { reduceSum } from '../reduce_sum.ts'

export function shareTies(g: Value, mask: Value, axes: readonly number[]): Value {
  const share = cast(mask, g.dtype)
  return mul(share, div(g, reduceSum(share, axes, true)))
}
