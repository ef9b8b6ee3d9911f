// BitwiseAnd: bits set in both a and b.
// https://onnx.ai/onnx/operators/onnx__BitwiseAnd.html (opset 18)
import type { Value } from '../graph/graph.ts'
import { bitwise } from './support/bitwise.ts'
import { operands, single, type Operand } from './support/rule.ts'

export const BitwiseAnd = bitwise('BitwiseAnd', 18)

/** Integers; broadcasts. */
export function bitwiseAnd(a: Operand, b: Operand): Value {
  return single(BitwiseAnd, operands('BitwiseAnd', a, b))
}
