// Acosh: inverse hyperbolic cosine of x ≥ 1. Gradient g/√(x²-1). ORT has no float64 kernel.
// https://onnx.ai/onnx/operators/onnx__Acosh.html (opset 9)
import type { Value } from '../graph/graph.ts'
import { unary } from './support/elementwise.ts'
import { single } from './support/rule.ts'
import { add } from './add.ts'
import { div } from './div.ts'
import { mul } from './mul.ts'
import { sqrt } from './sqrt.ts'
import { sub } from './sub.ts'

export const Acosh = unary('Acosh', 9, (g, x) => div(g, sqrt(mul(sub(x, 1), add(x, 1)))), ['float32', 'float16'])

export function acosh(x: Value): Value {
  return single(Acosh, [x])
}
