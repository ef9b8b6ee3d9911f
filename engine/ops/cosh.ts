// Cosh: hyperbolic cosine. Gradient g·sinh(x). ORT has no float64 kernel.
// https://onnx.ai/onnx/operators/onnx__Cosh.html (opset 9)
import type { Value } from '../graph/graph.ts'
import { unary } from './support/elementwise.ts'
import { single } from './support/rule.ts'
import { mul } from './mul.ts'
import { sinh } from './sinh.ts'

export const Cosh = unary('Cosh', 9, (g, x) => mul(g, sinh(x)), ['float32', 'float16'])

export function cosh(x: Value): Value {
  return single(Cosh, [x])
}
