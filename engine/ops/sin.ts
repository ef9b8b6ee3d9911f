// Sin: sine. Gradient g·cos(x).
// https://onnx.ai/onnx/operators/onnx__Sin.html (opset 7)
import type { Value } from '../graph/graph.ts'
import { unary } from './support/elementwise.ts'
import { single } from './support/rule.ts'
import { cos } from './cos.ts'
import { mul } from './mul.ts'

export const Sin = unary('Sin', 7, (g, x) => mul(g, cos(x)))

export function sin(x: Value): Value {
  return single(Sin, [x])
}
