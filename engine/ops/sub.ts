// Sub: a - b.
// https://onnx.ai/onnx/operators/onnx__Sub.html (opset 14)
import type { Value } from '../graph/graph.ts'
import { binary } from './support/elementwise.ts'
import { operands, single, type Operand } from './support/rule.ts'
import { neg } from './neg.ts'

export const Sub = binary(
  'Sub',
  14,
  (g) => g,
  (g) => neg(g),
)

/** Broadcasts; a number stands for a scalar of the other operand's type. */
export function sub(a: Operand, b: Operand): Value {
  return single(Sub, operands('Sub', a, b))
}
