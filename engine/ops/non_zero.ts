// NonZero: the indices of the elements that are not zero, one column each, in row-major order.
// https://onnx.ai/onnx/operators/onnx__NonZero.html (opset 13)
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { first, single } from './support/rule.ts'

export const NonZero = defineOp({
  name: 'NonZero',
  domain: '',
  since: 13,
  inputs: [{ name: 'X', dtypes: ['float32', 'float16', 'int64', 'int32', 'uint8', 'bool'] }],
  outputs: [1, 1],
  attributes: z.strictObject({}),
  infer: (ctx) => [{ dtype: 'int64', shape: [first(ctx).shape.length, ctx.free()] }],
  grad: 'none',
})

/** int64 [rank of x, number of elements found]. */
export function nonZero(x: Value): Value {
  return single(NonZero, [x])
}
