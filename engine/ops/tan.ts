// Tan: tangent of radians. Gradient g·(1+y²). ORT has no float64 kernel.
// https://onnx.ai/onnx/operators/onnx__Tan.html (opset 7)
import type { Value } from '../graph/graph.ts'
import { unary } from './support/elementwise.ts'
import { single } from './support/rule.ts'
import { add } from './add.ts'
import { mul } from './mul.ts'

export const Tan = unary('Tan', 7, (g, _x, y) => mul(g, add(mul(y, y), 1)), ['float32', 'float16'])

export function tan(x: Value): Value {
  return single(Tan, [x])
}
