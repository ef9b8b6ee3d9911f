// GlobalMaxPool: largest over all spatial axes, kept as 1; equal largest elements share the gradient evenly.
// https://onnx.ai/onnx/operators/onnx__GlobalMaxPool.html (opset 1)
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { equal } from './equal.ts'
import { shareTies } from './support/ties.ts'
import { first, FLOATS, single, unaryRule } from './support/rule.ts'
import { rankAtLeast } from './support/shape.ts'

export const GlobalMaxPool = defineOp({
  name: 'GlobalMaxPool',
  domain: '',
  since: 1,
  inputs: [{ name: 'X', dtypes: FLOATS }],
  outputs: [1, 1],
  attributes: z.strictObject({}),
  infer: (ctx) => [{ dtype: first(ctx).dtype, shape: rankAtLeast(ctx.op, 'X', first(ctx), 3).map((d, i) => (i < 2 ? d : 1)) }],
  grad: unaryRule((g, x, y) => shareTies(g, equal(x, y), x.shape.map((_, i) => i).slice(2))),
})

/** [N, C, …] to [N, C, 1, …]. */
export function globalMaxPool(x: Value): Value {
  return single(GlobalMaxPool, [x])
}
