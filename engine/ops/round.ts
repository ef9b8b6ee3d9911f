// Round: nearest integer, halves to even. Its derivative is zero almost everywhere.
// https://onnx.ai/onnx/operators/onnx__Round.html (opset 11)
import type { Value } from '../graph/graph.ts'
import { unary } from './support/elementwise.ts'
import { single } from './support/rule.ts'

export const Round = unary('Round', 11, 'none')

export function round(x: Value): Value {
  return single(Round, [x])
}
