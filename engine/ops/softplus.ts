// Softplus: log(1+e^x). Gradient g·sigmoid(x).
// https://onnx.ai/onnx/operators/onnx__Softplus.html (opset 1)
import type { Value } from '../graph/graph.ts'
import { unary } from './support/elementwise.ts'
import { single } from './support/rule.ts'
import { mul } from './mul.ts'
import { sigmoid } from './sigmoid.ts'

export const Softplus = unary('Softplus', 1, (g, x) => mul(g, sigmoid(x)))

export function softplus(x: Value): Value {
  return single(Softplus, [x])
}
