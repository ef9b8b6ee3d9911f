// ReduceL2: root of the sum of squares over axes. Gradient g·x/y, 0 where y is 0.
// https://onnx.ai/onnx/operators/onnx__ReduceL2.html (opset 18)
import type { Value } from '../graph/graph.ts'
import { reduce, reduction } from './support/reduce.ts'
import { FLOATS } from './support/rule.ts'
import { div } from './div.ts'
import { equal } from './equal.ts'
import { mul } from './mul.ts'
import { unsqueeze } from './unsqueeze.ts'
import { where } from './where.ts'

export const ReduceL2 = reduction('ReduceL2', 18, (g, x, _axes, y) => {
  const norm = y()
  return mul(g, div(x, where(equal(norm, 0), 1, norm)))
}, unsqueeze, [...FLOATS, 'int64', 'int32'])

/** Over `axes` (all where null). */
export function reduceL2(x: Value, axes: readonly number[] | null = null, keepdims = false): Value {
  return reduce(ReduceL2, x, axes, keepdims)
}
