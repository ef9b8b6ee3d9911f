// IsNaN: true where the element is not a number.
// https://onnx.ai/onnx/operators/onnx__IsNaN.html (opset 13)
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { first, FLOATS, single } from './support/rule.ts'

export const IsNaN = defineOp({
  name: 'IsNaN',
  domain: '',
  since: 13,
  inputs: [{ name: 'X', dtypes: FLOATS }],
  outputs: [1, 1],
  attributes: z.strictObject({}),
  infer: (ctx) => [{ dtype: 'bool', shape: first(ctx).shape }],
  grad: 'none',
})

export function isNaN(x: Value): Value {
  return single(IsNaN, [x])
}
