// Greater: a > b, element by element.
// https://onnx.ai/onnx/operators/onnx__Greater.html (opset 13)
import type { Value } from '../graph/graph.ts'
import { predicate } from './support/elementwise.ts'
import { operands, single, type Operand } from './support/rule.ts'

export const Greater = predicate('Greater', 13)

/** Broadcasts; the result is bool. */
export function greater(a: Operand, b: Operand): Value {
  return single(Greater, operands('Greater', a, b))
}
