// Acos: arc cosine of -1..1, in radians. Gradient -g/√(1-x²). ORT has no float64 kernel.
// https://onnx.ai/onnx/operators/onnx__Acos.html (opset 7)
import type { Value } from '../graph/graph.ts'
import { unary } from './support/elementwise.ts'
import { single } from './support/rule.ts'
import { add } from './add.ts'
import { div } from './div.ts'
import { mul } from './mul.ts'
import { neg } from './neg.ts'
import { sqrt } from './sqrt.ts'
import { sub } from './sub.ts'

export const Acos = unary('Acos', 7, (g, x) => neg(div(g, sqrt(mul(sub(1, x), add(x, 1))))), ['float32', 'float16'])

export function acos(x: Value): Value {
  return single(Acos, [x])
}
