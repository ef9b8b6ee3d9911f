// ReduceLogSum: log of the sum over axes. Gradient g·e^-y.
// https://onnx.ai/onnx/operators/onnx__ReduceLogSum.html (opset 18)
import type { Value } from '../graph/graph.ts'
import { reduce, reduction } from './support/reduce.ts'
import { FLOATS } from './support/rule.ts'
import { exp } from './exp.ts'
import { expandTo } from './expand.ts'
import { mul } from './mul.ts'
import { neg } from './neg.ts'
import { unsqueeze } from './unsqueeze.ts'

export const ReduceLogSum = reduction('ReduceLogSum', 18, (g, x, _axes, y) => expandTo(mul(g, exp(neg(y()))), x), unsqueeze, [...FLOATS, 'int64', 'int32'])

/** Over `axes` (all where null). */
export function reduceLogSum(x: Value, axes: readonly number[] | null = null, keepdims = false): Value {
  return reduce(ReduceLogSum, x, axes, keepdims)
}
