// Log: natural logarithm. Gradient g/x.
// https://onnx.ai/onnx/operators/onnx__Log.html (opset 13)
import type { Value } from '../graph/graph.ts'
import { unary } from './support/elementwise.ts'
import { single } from './support/rule.ts'
import { div } from './div.ts'

export const Log = unary('Log', 13, (g, x) => div(g, x))

export function log(x: Value): Value {
  return single(Log, [x])
}
