// Abs: absolute value. d|x| = sign(x), 0 at 0.
// https://onnx.ai/onnx/operators/onnx__Abs.html (opset 13)
import type { Value } from '../graph/graph.ts'
import { unary } from './support/elementwise.ts'
import { NUMBERS, single } from './support/rule.ts'
import { mul } from './mul.ts'
import { sign } from './sign.ts'

export const Abs = unary('Abs', 13, (g, x) => mul(g, sign(x)), NUMBERS)

export function abs(x: Value): Value {
  return single(Abs, [x])
}
