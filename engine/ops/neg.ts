// Neg: -x.
// https://onnx.ai/onnx/operators/onnx__Neg.html (opset 13)
import type { Value } from '../graph/graph.ts'
import { unary } from './support/elementwise.ts'
import { NUMBERS, single } from './support/rule.ts'

export const Neg = unary('Neg', 13, (g) => neg(g), NUMBERS)

export function neg(x: Value): Value {
  return single(Neg, [x])
}
