// BitwiseXor: bits set in one of a and b.
// https://onnx.ai/onnx/operators/onnx__BitwiseXor.html (opset 18)
import type { Value } from '../graph/graph.ts'
import { bitwise } from './support/bitwise.ts'
import { operands, single, type Operand } from './support/rule.ts'

export const BitwiseXor = bitwise('BitwiseXor', 18)

/** Integers; broadcasts. */
export function bitwiseXor(a: Operand, b: Operand): Value {
  return single(BitwiseXor, operands('BitwiseXor', a, b))
}
