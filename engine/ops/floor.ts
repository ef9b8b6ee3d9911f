// Floor: largest integer not above x. Its derivative is zero almost everywhere.
// https://onnx.ai/onnx/operators/onnx__Floor.html (opset 13)
import type { Value } from '../graph/graph.ts'
import { unary } from './support/elementwise.ts'
import { single } from './support/rule.ts'

export const Floor = unary('Floor', 13, 'none')

export function floor(x: Value): Value {
  return single(Floor, [x])
}
