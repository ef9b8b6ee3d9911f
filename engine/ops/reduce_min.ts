// ReduceMin: smallest over axes; equal smallest elements share the gradient evenly.
// https://onnx.ai/onnx/operators/onnx__ReduceMin.html (opset 18)
import type { Value } from '../graph/graph.ts'
import { reduce, reduction } from './support/reduce.ts'
import { equal } from './equal.ts'
import { shareTies } from './support/ties.ts'
import { unsqueeze } from './unsqueeze.ts'

export const ReduceMin = reduction('ReduceMin', 18, (g, x, axes, y) => shareTies(g, equal(x, y()), axes), unsqueeze)

/** Over `axes` (all where null). */
export function reduceMin(x: Value, axes: readonly number[] | null = null, keepdims = false): Value {
  return reduce(ReduceMin, x, axes, keepdims)
}
