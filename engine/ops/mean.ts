// Mean: (x₁ + x₂ + …)/n, broadcast. ORT has no float64 kernel.
// https://onnx.ai/onnx/operators/onnx__Mean.html (opset 13)
import type { Value } from '../graph/graph.ts'
import { mul } from './mul.ts'
import { single } from './support/rule.ts'
import { variadic } from './support/variadic.ts'

export const Mean = variadic('Mean', 13, (g, n) => (n === 1 ? g : mul(g, 1 / n)), ['float32', 'float16'])

/** Of tensors, element by element; reduceMean averages within one. */
export function mean(xs: readonly Value[]): Value {
  return single(Mean, xs)
}
