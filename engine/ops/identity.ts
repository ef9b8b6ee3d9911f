// Identity: its input. As a node of its own it can carry a name, or a gradient rule of its own.
// https://onnx.ai/onnx/operators/onnx__Identity.html (opset 13, 14 for the rest)
import type { Value } from '../graph/graph.ts'
import { unary } from './support/elementwise.ts'
import { ANY, single } from './support/rule.ts'

export const Identity = unary('Identity', 13, (g) => g, ANY)

export function identity(x: Value): Value {
  return single(Identity, [x])
}
