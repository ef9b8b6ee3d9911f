// Exp: e to the x. Gradient g·y.
// https://onnx.ai/onnx/operators/onnx__Exp.html (opset 13)
import type { Value } from '../graph/graph.ts'
import { unary } from './support/elementwise.ts'
import { single } from './support/rule.ts'
import { mul } from './mul.ts'

export const Exp = unary('Exp', 13, (g, _x, y) => mul(g, y))

export function exp(x: Value): Value {
  return single(Exp, [x])
}
