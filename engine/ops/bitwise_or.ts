// BitwiseOr: bits set in a or b.
// https://onnx.ai/onnx/operators/onnx__BitwiseOr.html (opset 18)
import type { Value } from '../graph/graph.ts'
import { bitwise } from './support/bitwise.ts'
import { operands, single, type Operand } from './support/rule.ts'

export const BitwiseOr = bitwise('BitwiseOr', 18)

/** Integers; broadcasts. */
export function bitwiseOr(a: Operand, b: Operand): Value {
  return single(BitwiseOr, operands('BitwiseOr', a, b))
}
