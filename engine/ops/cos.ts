// Cos: cosine. Gradient -g·sin(x).
// https://onnx.ai/onnx/operators/onnx__Cos.html (opset 7)
import type { Value } from '../graph/graph.ts'
import { unary } from './support/elementwise.ts'
import { single } from './support/rule.ts'
import { mul } from './mul.ts'
import { neg } from './neg.ts'
import { sin } from './sin.ts'

export const Cos = unary('Cos', 7, (g, x) => neg(mul(g, sin(x))))

export function cos(x: Value): Value {
  return single(Cos, [x])
}
