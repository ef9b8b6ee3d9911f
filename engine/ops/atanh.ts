// Atanh: inverse hyperbolic tangent of -1..1. Gradient g/(1-x²). ORT has no float64 kernel.
// https://onnx.ai/onnx/operators/onnx__Atanh.html (opset 9)
import type { Value } from '../graph/graph.ts'
import { unary } from './support/elementwise.ts'
import { single } from './support/rule.ts'
import { add } from './add.ts'
import { div } from './div.ts'
import { mul } from './mul.ts'
import { sub } from './sub.ts'

export const Atanh = unary('Atanh', 9, (g, x) => div(g, mul(sub(1, x), add(x, 1))), ['float32', 'float16'])

export function atanh(x: Value): Value {
  return single(Atanh, [x])
}
