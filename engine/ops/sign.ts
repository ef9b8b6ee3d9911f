// Sign: -1, 0 or 1. Its derivative is zero almost everywhere.
// https://onnx.ai/onnx/operators/onnx__Sign.html (opset 13)
import type { Value } from '../graph/graph.ts'
import { unary } from './support/elementwise.ts'
import { NUMBERS, single } from './support/rule.ts'

export const Sign = unary('Sign', 13, 'none', NUMBERS)

export function sign(x: Value): Value {
  return single(Sign, [x])
}
