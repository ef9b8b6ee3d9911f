// GlobalLpPool: the p-norm over all spatial axes, kept as 1.
// https://onnx.ai/onnx/operators/onnx__GlobalLpPool.html (opset 2)
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { mul } from './mul.ts'
import { lpElement, lpNorm } from './support/lp.ts'
import { first, FLOATS, single, unaryRule } from './support/rule.ts'
import { rankAtLeast } from './support/shape.ts'

const attributes = z.strictObject({ p: z.int().min(1).default(2) })

export const GlobalLpPool = defineOp<z.infer<typeof attributes>>({
  name: 'GlobalLpPool',
  domain: '',
  since: 2,
  inputs: [{ name: 'X', dtypes: FLOATS }],
  outputs: [1, 1],
  attributes,
  infer: (ctx) => [{ dtype: first(ctx).dtype, shape: rankAtLeast(ctx.op, 'X', first(ctx), 3).map((d, i) => (i < 2 ? d : 1)) }],
  grad: unaryRule((g, x, y, { p }) => mul(lpElement(x, p), lpNorm(g, y, p))),
})

/** [N, C, …] to [N, C, 1, …]. */
export function globalLpPool(x: Value, p = 2): Value {
  return single(GlobalLpPool, [x], { p })
}
