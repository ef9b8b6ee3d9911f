// Sinh: hyperbolic sine. Gradient g·cosh(x). ORT has no float64 kernel.
// https://onnx.ai/onnx/operators/onnx__Sinh.html (opset 9)
import type { Value } from '../graph/graph.ts'
import { unary } from './support/elementwise.ts'
import { single } from './support/rule.ts'
import { cosh } from './cosh.ts'
import { mul } from './mul.ts'

export const Sinh = unary('Sinh', 9, (g, x) => mul(g, cosh(x)), ['float32', 'float16'])

export function sinh(x: Value): Value {
  return single(Sinh, [x])
}
