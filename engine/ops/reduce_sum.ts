// ReduceSum: sum over axes.
// https://onnx.ai/onnx/operators/onnx__ReduceSum.html (opset 13)
import type { Value } from '../graph/graph.ts'
import { reduce, reduction } from './support/reduce.ts'
import { expandTo } from './expand.ts'
import { unsqueeze } from './unsqueeze.ts'

export const ReduceSum = reduction('ReduceSum', 13, (g, x) => expandTo(g, x), unsqueeze)

/** Over `axes` (all where null). */
export function reduceSum(x: Value, axes: readonly number[] | null = null, keepdims = false): Value {
  return reduce(ReduceSum, x, axes, keepdims)
}
