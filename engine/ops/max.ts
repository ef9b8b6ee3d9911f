// Max: the larger of a and b; at a tie the gradient goes to a.
// https://onnx.ai/onnx/operators/onnx__Max.html (opset 13)
import type { Value } from '../graph/graph.ts'
import { binary } from './support/elementwise.ts'
import { NUMBERS, operands, single, type Operand } from './support/rule.ts'
import { cast } from './cast.ts'
import { greaterOrEqual } from './greater_or_equal.ts'
import { less } from './less.ts'
import { mul } from './mul.ts'

export const Max = binary(
  'Max',
  13,
  (g, a, b) => mul(g, cast(greaterOrEqual(a, b), g.dtype)),
  (g, a, b) => mul(g, cast(less(a, b), g.dtype)),
  // ORT has no kernel for 16-bit integers.
  NUMBERS.filter((t) => t !== 'int16' && t !== 'uint16'),
)

/** Broadcasts; a number stands for a scalar of the other operand's type. */
export function max(a: Operand, b: Operand): Value {
  return single(Max, operands('Max', a, b))
}
