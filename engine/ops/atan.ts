// Atan: arc tangent, in radians. Gradient g/(1+x²). ORT has no float64 kernel.
// https://onnx.ai/onnx/operators/onnx__Atan.html (opset 7)
import type { Value } from '../graph/graph.ts'
import { unary } from './support/elementwise.ts'
import { single } from './support/rule.ts'
import { add } from './add.ts'
import { div } from './div.ts'
import { mul } from './mul.ts'

export const Atan = unary('Atan', 7, (g, x) => div(g, add(mul(x, x), 1)), ['float32', 'float16'])

export function atan(x: Value): Value {
  return single(Atan, [x])
}
