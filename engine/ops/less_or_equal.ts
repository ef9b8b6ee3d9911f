// LessOrEqual: a ≤ b, element by element.
// https://onnx.ai/onnx/operators/onnx__LessOrEqual.html (opset 16)
import type { Value } from '../graph/graph.ts'
import { predicate } from './support/elementwise.ts'
import { operands, single, type Operand } from './support/rule.ts'

export const LessOrEqual = predicate('LessOrEqual', 16)

/** Broadcasts; the result is bool. */
export function lessOrEqual(a: Operand, b: Operand): Value {
  return single(LessOrEqual, operands('LessOrEqual', a, b))
}
