// Sum: x₁ + x₂ + …, broadcast.
// https://onnx.ai/onnx/operators/onnx__Sum.html (opset 13)
import type { Value } from '../graph/graph.ts'
import { FLOATS, single } from './support/rule.ts'
import { variadic } from './support/variadic.ts'

export const Sum = variadic('Sum', 13, (g) => g, FLOATS)

/** Of tensors, element by element; reduceSum adds within one. */
export function sum(xs: readonly Value[]): Value {
  return single(Sum, xs)
}
