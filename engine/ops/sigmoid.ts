// Sigmoid: 1/(1+e^-x). Gradient g·y·(1-y).
// https://onnx.ai/onnx/operators/onnx__Sigmoid.html (opset 13)
import type { Value } from '../graph/graph.ts'
import { unary } from './support/elementwise.ts'
import { single } from './support/rule.ts'
import { mul } from './mul.ts'
import { sub } from './sub.ts'

export const Sigmoid = unary('Sigmoid', 13, (g, _x, y) => mul(g, mul(y, sub(1, y))))

export function sigmoid(x: Value): Value {
  return single(Sigmoid, [x])
}
