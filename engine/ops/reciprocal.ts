// Reciprocal: 1/x. Gradient -g·y².
// https://onnx.ai/onnx/operators/onnx__Reciprocal.html (opset 13)
import type { Value } from '../graph/graph.ts'
import { unary } from './support/elementwise.ts'
import { single } from './support/rule.ts'
import { mul } from './mul.ts'
import { neg } from './neg.ts'

export const Reciprocal = unary('Reciprocal', 13, (g, _x, y) => neg(mul(g, mul(y, y))))

export function reciprocal(x: Value): Value {
  return single(Reciprocal, [x])
}
