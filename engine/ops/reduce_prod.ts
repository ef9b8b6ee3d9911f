// ReduceProd: product over axes.
// https://onnx.ai/onnx/operators/onnx__ReduceProd.html (opset 18)
import type { Value } from '../graph/graph.ts'
import { reduce, reduction } from './support/reduce.ts'
import { FLOATS } from './support/rule.ts'
import { cast } from './cast.ts'
import { div } from './div.ts'
import { equal } from './equal.ts'
import { mul } from './mul.ts'
import { reduceSum } from './reduce_sum.ts'
import { sub } from './sub.ts'
import { unsqueeze } from './unsqueeze.ts'
import { where } from './where.ts'

export const ReduceProd = reduction('ReduceProd', 18, others, unsqueeze, [...FLOATS, 'int64', 'int32'])

/**
 * Product of the other elements: of those that are not zero, where no other is zero. Where an element is zero the
 * gradient is right, its own derivative is not: second order only away from zeros.
 */
function others(g: Value, x: Value, axes: readonly number[]): Value {
  const zero = equal(x, 0)
  const count = cast(zero, x.dtype)
  const filled = where(zero, 1, x)
  const alone = equal(sub(reduceSum(count, axes, true), count), 0)
  return mul(g, mul(div(reduceProd(filled, axes, true), filled), cast(alone, x.dtype)))
}

/** Over `axes` (all where null). */
export function reduceProd(x: Value, axes: readonly number[] | null = null, keepdims = false): Value {
  return reduce(ReduceProd, x, axes, keepdims)
}
