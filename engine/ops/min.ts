// Min: the smaller of a and b; at a tie the gradient goes to a.
// https://onnx.ai/onnx/operators/onnx__Min.html (opset 13)
import type { Value } from '../graph/graph.ts'
import { binary } from './support/elementwise.ts'
import { NUMBERS, operands, single, type Operand } from './support/rule.ts'
import { cast } from './cast.ts'
import { greater } from './greater.ts'
import { lessOrEqual } from './less_or_equal.ts'
import { mul } from './mul.ts'

export const Min = binary(
  'Min',
  13,
  (g, a, b) => mul(g, cast(lessOrEqual(a, b), g.dtype)),
  (g, a, b) => mul(g, cast(greater(a, b), g.dtype)),
  // ORT has no kernel for 16-bit integers.
  NUMBERS.filter((t) => t !== 'int16' && t !== 'uint16'),
)

/** Broadcasts; a number stands for a scalar of the other operand's type. */
export function min(a: Operand, b: Operand): Value {
  return single(Min, operands('Min', a, b))
}
