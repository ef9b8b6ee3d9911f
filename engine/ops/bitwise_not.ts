// BitwiseNot: every bit turned over.
// https://onnx.ai/onnx/operators/onnx__BitwiseNot.html (opset 18)
import type { Value } from '../graph/graph.ts'
import { INTEGERS } from './support/bitwise.ts'
import { unary } from './support/elementwise.ts'
import { single } from './support/rule.ts'

export const BitwiseNot = unary('BitwiseNot', 18, 'none', INTEGERS)

export function bitwiseNot(x: Value): Value {
  return single(BitwiseNot, [x])
}
