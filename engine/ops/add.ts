// Add: a + b.
// https://onnx.ai/onnx/operators/onnx__Add.html (opset 14)
import type { Value } from '../graph/graph.ts'
import { binary } from './support/elementwise.ts'
import { operands, single, type Operand } from './support/rule.ts'

export const Add = binary(
  'Add',
  14,
  (g) => g,
  (g) => g,
)

/** Broadcasts; a number stands for a scalar of the other operand's type. */
export function add(a: Operand, b: Operand): Value {
  return single(Add, operands('Add', a, b))
}
