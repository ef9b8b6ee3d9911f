// Equal: a = b, element by element.
// https://onnx.ai/onnx/operators/onnx__Equal.html (opset 13)
import type { Value } from '../graph/graph.ts'
import { predicate } from './support/elementwise.ts'
import { ANY, operands, single, type Operand } from './support/rule.ts'

export const Equal = predicate('Equal', 13, ANY)

/** Broadcasts; the result is bool. */
export function equal(a: Operand, b: Operand): Value {
  return single(Equal, operands('Equal', a, b))
}
