// Div: a / b. Gradients g/b and -g·y/b.
// https://onnx.ai/onnx/operators/onnx__Div.html (opset 14)
import type { Value } from '../graph/graph.ts'
import { binary } from './support/elementwise.ts'
import { operands, single, type Operand } from './support/rule.ts'
import { mul } from './mul.ts'
import { neg } from './neg.ts'

export const Div = binary(
  'Div',
  14,
  (g, _a, b) => div(g, b),
  (g, _a, b, y) => neg(div(mul(g, y), b)),
)

/** Broadcasts; a number stands for a scalar of the other operand's type. */
export function div(a: Operand, b: Operand): Value {
  return single(Div, operands('Div', a, b))
}
