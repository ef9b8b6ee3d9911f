// RMSNormalization: divided by the root of the mean square over the axes from `axis` on, and scaled.
// https://onnx.ai/onnx/operators/onnx__RMSNormalization.html (opset 23); Zhang and Sennrich 2019, https://arxiv.org/abs/1910.07467
import { z } from 'zod'
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { add } from './add.ts'
import { mul } from './mul.ts'
import { reciprocal } from './reciprocal.ts'
import { reduceMean } from './reduce_mean.ts'
import { sqrt } from './sqrt.ts'
import { sub } from './sub.ts'
import { first, FLOATS, must, single } from './support/rule.ts'
import { axisOf, broadcast, text } from './support/shape.ts'

const attributes = z.strictObject({ axis: z.int().default(-1), epsilon: z.number().default(1e-5), stash_type: z.literal(1).default(1) })

export const RMSNormalization = defineOp<z.infer<typeof attributes>>({
  name: 'RMSNormalization',
  domain: '',
  since: 23,
  inputs: [
    { name: 'X', dtypes: FLOATS, type: 'T' },
    { name: 'scale', dtypes: FLOATS, type: 'T' },
  ],
  outputs: [1, 1],
  attributes,
  floats: ['epsilon'],
  infer: (ctx) => {
    const { dtype, shape } = first(ctx)
    axisOf(ctx.op, ctx.attrs.axis, shape.length)
    const scale = must(ctx.inputs, 1).shape
    if (text(broadcast(ctx.op, shape, scale)) !== text(shape)) throw new GraphError(`RMSNormalization: scale ${text(scale)} does not broadcast to ${text(shape)}`)
    return [{ dtype, shape }]
  },
  grad: (ctx) => {
    const [x, scale, g] = [must(ctx.inputs, 0), must(ctx.inputs, 1), must(ctx.grads, 0)]
    const axes = x.shape.map((_, i) => i).slice(axisOf('RMSNormalization', ctx.attrs.axis, x.shape.length))
    const inverse = reciprocal(sqrt(add(reduceMean(mul(x, x), axes, true), ctx.attrs.epsilon)))
    const xhat = mul(x, inverse)
    const scaled = mul(g, scale)
    return [ctx.needs(0) ? mul(inverse, sub(scaled, mul(xhat, reduceMean(mul(scaled, xhat), axes, true)))) : null, ctx.needs(1) ? mul(g, xhat) : null]
  },
})

/** x [..., D], scale broadcast to x, usually [D]. */
export function rmsNormalization(x: Value, scale: Value, { axis = -1, epsilon = 1e-5 }: { readonly axis?: number; readonly epsilon?: number } = {}): Value {
  return single(RMSNormalization, [x, scale], { axis, epsilon, stash_type: 1 })
}
