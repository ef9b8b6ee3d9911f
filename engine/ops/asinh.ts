// Asinh: inverse hyperbolic sine. Gradient g/√(x²+1). ORT has no float64 kernel.
// https://onnx.ai/onnx/operators/onnx__Asinh.html (opset 9)
import type { Value } from '../graph/graph.ts'
import { unary } from './support/elementwise.ts'
import { single } from './support/rule.ts'
import { add } from './add.ts'
import { div } from './div.ts'
import { mul } from './mul.ts'
import { sqrt } from './sqrt.ts'

export const Asinh = unary('Asinh', 9, (g, x) => div(g, sqrt(add(mul(x, x), 1))), ['float32', 'float16'])

export function asinh(x: Value): Value {
  return single(Asinh, [x])
}
