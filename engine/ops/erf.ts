// Erf: Gauss error function. Gradient g·(2/√π)·exp(-x²).
// https://onnx.ai/onnx/operators/onnx__Erf.html (opset 13)
import type { Value } from '../graph/graph.ts'
import { unary } from './support/elementwise.ts'
import { single } from './support/rule.ts'
import { exp } from './exp.ts'
import { mul } from './mul.ts'
import { neg } from './neg.ts'

export const Erf = unary('Erf', 13, (g, x) => mul(g, mul(exp(neg(mul(x, x))), 2 / Math.sqrt(Math.PI))))

export function erf(x: Value): Value {
  return single(Erf, [x])
}
