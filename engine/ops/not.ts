// Not: logical negation.
// https://onnx.ai/onnx/operators/onnx__Not.html (opset 1)
import type { Value } from '../graph/graph.ts'
import { unary } from './support/elementwise.ts'
import { single } from './support/rule.ts'

export const Not = unary('Not', 1, 'none', ['bool'])

export function not(x: Value): Value {
  return single(Not, [x])
}
