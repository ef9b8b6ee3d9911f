// Mul: a · b.
// https://onnx.ai/onnx/operators/onnx__Mul.html (opset 14)
import type { Value } from '../graph/graph.ts'
import { binary } from './support/elementwise.ts'
import { operands, single, type Operand } from './support/rule.ts'

export const Mul = binary(
  'Mul',
  14,
  (g, _a, b) => mul(g, b),
  (g, a) => mul(g, a),
)

/** Broadcasts; a number stands for a scalar of the other operand's type. */
export function mul(a: Operand, b: Operand): Value {
  return single(Mul, operands('Mul', a, b))
}
