// ReduceL1: sum of absolute values over axes. Gradient g·sign(x).
// https://onnx.ai/onnx/operators/onnx__ReduceL1.html (opset 18)
import type { Value } from '../graph/graph.ts'
import { reduce, reduction } from './support/reduce.ts'
import { FLOATS } from './support/rule.ts'
import { mul } from './mul.ts'
import { sign } from './sign.ts'
import { unsqueeze } from './unsqueeze.ts'

export const ReduceL1 = reduction('ReduceL1', 18, (g, x) => mul(g, sign(x)), unsqueeze, [...FLOATS, 'int64', 'int32'])

/** Over `axes` (all where null). */
export function reduceL1(x: Value, axes: readonly number[] | null = null, keepdims = false): Value {
  return reduce(ReduceL1, x, axes, keepdims)
}
