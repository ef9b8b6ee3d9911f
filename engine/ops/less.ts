// Less: a < b, element by element.
// https://onnx.ai/onnx/operators/onnx__Less.html (opset 13)
import type { Value } from '../graph/graph.ts'
import { predicate } from './support/elementwise.ts'
import { operands, single, type Operand } from './support/rule.ts'

export const Less = predicate('Less', 13)

/** Broadcasts; the result is bool. */
export function less(a: Operand, b: Operand): Value {
  return single(Less, operands('Less', a, b))
}
