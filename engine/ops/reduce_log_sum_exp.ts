// ReduceLogSumExp: log of the sum of e^x over axes, without overflow. Gradient g·e^(x-y).
// https://onnx.ai/onnx/operators/onnx__ReduceLogSumExp.html (opset 18)
import type { Value } from '../graph/graph.ts'
import { reduce, reduction } from './support/reduce.ts'
import { FLOATS } from './support/rule.ts'
import { exp } from './exp.ts'
import { mul } from './mul.ts'
import { sub } from './sub.ts'
import { unsqueeze } from './unsqueeze.ts'

export const ReduceLogSumExp = reduction('ReduceLogSumExp', 18, (g, x, _axes, y) => mul(g, exp(sub(x, y()))), unsqueeze, [...FLOATS, 'int64', 'int32'])

/** Over `axes` (all where null). */
export function reduceLogSumExp(x: Value, axes: readonly number[] | null = null, keepdims = false): Value {
  return reduce(ReduceLogSumExp, x, axes, keepdims)
}
