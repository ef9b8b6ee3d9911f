// ReduceSumSquare: sum of squares over axes. Gradient 2·g·x.
// https://onnx.ai/onnx/operators/onnx__ReduceSumSquare.html (opset 18)
import type { Value } from '../graph/graph.ts'
import { reduce, reduction } from './support/reduce.ts'
import { FLOATS } from './support/rule.ts'
import { mul } from './mul.ts'
import { unsqueeze } from './unsqueeze.ts'

export const ReduceSumSquare = reduction('ReduceSumSquare', 18, (g, x) => mul(mul(g, 2), x), unsqueeze, [...FLOATS, 'int64', 'int32'])

/** Over `axes` (all where null). */
export function reduceSumSquare(x: Value, axes: readonly number[] | null = null, keepdims = false): Value {
  return reduce(ReduceSumSquare, x, axes, keepdims)
}
