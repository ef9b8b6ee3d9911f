// Xor: one of a and b, not both.
// https://onnx.ai/onnx/operators/onnx__Xor.html (opset 7)
import type { Value } from '../graph/graph.ts'
import { predicate } from './support/elementwise.ts'
import { operands, single, type Operand } from './support/rule.ts'

export const Xor = predicate('Xor', 7, ['bool'])

/** Broadcasts; the result is bool. */
export function xor(a: Operand, b: Operand): Value {
  return single(Xor, operands('Xor', a, b))
}
