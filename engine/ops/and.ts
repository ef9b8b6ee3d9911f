// And: logical and.
// https://onnx.ai/onnx/operators/onnx__And.html (opset 7)
import type { Value } from '../graph/graph.ts'
import { predicate } from './support/elementwise.ts'
import { operands, single, type Operand } from './support/rule.ts'

export const And = predicate('And', 7, ['bool'])

/** Broadcasts; the result is bool. */
export function and(a: Operand, b: Operand): Value {
  return single(And, operands('And', a, b))
}
