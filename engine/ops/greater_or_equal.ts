// GreaterOrEqual: a ≥ b, element by element.
// https://onnx.ai/onnx/operators/onnx__GreaterOrEqual.html (opset 16)
import type { Value } from '../graph/graph.ts'
import { predicate } from './support/elementwise.ts'
import { operands, single, type Operand } from './support/rule.ts'

export const GreaterOrEqual = predicate('GreaterOrEqual', 16)

/** Broadcasts; the result is bool. */
export function greaterOrEqual(a: Operand, b: Operand): Value {
  return single(GreaterOrEqual, operands('GreaterOrEqual', a, b))
}
