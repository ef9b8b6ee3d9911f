// Or: logical or.
// https://onnx.ai/onnx/operators/onnx__Or.html (opset 7)
import type { Value } from '../graph/graph.ts'
import { predicate } from './support/elementwise.ts'
import { operands, single, type Operand } from './support/rule.ts'

export const Or = predicate('Or', 7, ['bool'])

/** Broadcasts; the result is bool. */
export function or(a: Operand, b: Operand): Value {
  return single(Or, operands('Or', a, b))
}
