// ReduceMean: mean over axes. Every element takes g/n.
// https://onnx.ai/onnx/operators/onnx__ReduceMean.html (opset 18)
import type { Value } from '../graph/graph.ts'
import { reduce, reduction } from './support/reduce.ts'
import { div } from './div.ts'
import { expandTo } from './expand.ts'
import { countOf } from './shape.ts'
import { unsqueeze } from './unsqueeze.ts'

export const ReduceMean = reduction('ReduceMean', 18, (g, x, axes) => expandTo(div(g, countOf(x, axes)), x), unsqueeze)

/** Over `axes` (all where null). */
export function reduceMean(x: Value, axes: readonly number[] | null = null, keepdims = false): Value {
  return reduce(ReduceMean, x, axes, keepdims)
}
