// Sqrt: square root. Gradient g/(2y).
// https://onnx.ai/onnx/operators/onnx__Sqrt.html (opset 13)
import type { Value } from '../graph/graph.ts'
import { unary } from './support/elementwise.ts'
import { single } from './support/rule.ts'
import { div } from './div.ts'
import { mul } from './mul.ts'

export const Sqrt = unary('Sqrt', 13, (g, _x, y) => div(mul(g, 0.5), y))

export function sqrt(x: Value): Value {
  return single(Sqrt, [x])
}
