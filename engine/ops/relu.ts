// Relu: max(x, 0). The gradient passes where the output is positive: Cast(Greater) · g is the fastest form in ORT.
// https://onnx.ai/onnx/operators/onnx__Relu.html (opset 14)
import type { Value } from '../graph/graph.ts'
import { unary } from './support/elementwise.ts'
import { single } from './support/rule.ts'
import { cast } from './cast.ts'
import { greater } from './greater.ts'
import { mul } from './mul.ts'

export const Relu = unary('Relu', 14, (g, _x, y) => mul(g, cast(greater(y, 0), g.dtype)))

export function relu(x: Value): Value {
  return single(Relu, [x])
}
