// GlobalAveragePool: mean over all spatial axes, kept as 1.
// https://onnx.ai/onnx/operators/onnx__GlobalAveragePool.html (opset 1)
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { div } from './div.ts'
import { expandTo } from './expand.ts'
import { countOf } from './shape.ts'
import { first, FLOATS, single, unaryRule } from './support/rule.ts'
import { rankAtLeast } from './support/shape.ts'

export const GlobalAveragePool = defineOp({
  name: 'GlobalAveragePool',
  domain: '',
  since: 1,
  inputs: [{ name: 'X', dtypes: FLOATS }],
  outputs: [1, 1],
  attributes: z.strictObject({}),
  infer: (ctx) => [{ dtype: first(ctx).dtype, shape: rankAtLeast(ctx.op, 'X', first(ctx), 3).map((d, i) => (i < 2 ? d : 1)) }],
  grad: unaryRule((g, x) => expandTo(div(g, countOf(x, x.shape.map((_, i) => i).slice(2))), x)),
})

/** [N, C, …] to [N, C, 1, …]. */
export function globalAveragePool(x: Value): Value {
  return single(GlobalAveragePool, [x])
}
