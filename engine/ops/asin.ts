// Asin: arc sine of -1..1, in radians. Gradient g/√(1-x²). ORT has no float64 kernel.
// https://onnx.ai/onnx/operators/onnx__Asin.html (opset 7)
import type { Value } from '../graph/graph.ts'
import { unary } from './support/elementwise.ts'
import { single } from './support/rule.ts'
import { add } from './add.ts'
import { div } from './div.ts'
import { mul } from './mul.ts'
import { sqrt } from './sqrt.ts'
import { sub } from './sub.ts'

export const Asin = unary('Asin', 7, (g, x) => div(g, sqrt(mul(sub(1, x), add(x, 1)))), ['float32', 'float16'])

export function asin(x: Value): Value {
  return single(Asin, [x])
}
