// Ceil: smallest integer not below x. Its derivative is zero almost everywhere.
// https://onnx.ai/onnx/operators/onnx__Ceil.html (opset 13)
import type { Value } from '../graph/graph.ts'
import { unary } from './support/elementwise.ts'
import { single } from './support/rule.ts'

export const Ceil = unary('Ceil', 13, 'none')

export function ceil(x: Value): Value {
  return single(Ceil, [x])
}
