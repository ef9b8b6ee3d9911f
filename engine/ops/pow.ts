// Pow: a to the b. Gradients g·b·a^(b-1) and g·y·ln(a) (a > 0).
// https://onnx.ai/onnx/operators/onnx__Pow.html (opset 15)
import type { Value } from '../graph/graph.ts'
import { binary } from './support/elementwise.ts'
import { operands, single, type Operand } from './support/rule.ts'
import { log } from './log.ts'
import { mul } from './mul.ts'
import { sub } from './sub.ts'

export const Pow = binary(
  'Pow',
  15,
  (g, a, b) => mul(g, mul(b, pow(a, sub(b, 1)))),
  (g, a, _b, y) => mul(g, mul(y, log(a))),
)

/** Broadcasts; a number stands for a scalar of the other operand's type. */
export function pow(a: Operand, b: Operand): Value {
  return single(Pow, operands('Pow', a, b))
}
