// Tanh: hyperbolic tangent. Gradient g·(1-y²).
// https://onnx.ai/onnx/operators/onnx__Tanh.html (opset 13)
import type { Value } from '../graph/graph.ts'
import { unary } from './support/elementwise.ts'
import { single } from './support/rule.ts'
import { mul } from './mul.ts'
import { sub } from './sub.ts'

export const Tanh = unary('Tanh', 13, (g, _x, y) => mul(g, sub(1, mul(y, y))))

export function tanh(x: Value): Value {
  return single(Tanh, [x])
}
