// LpPool: the p-norm of each window.
// https://onnx.ai/onnx/operators/onnx__LpPool.html (opset 18)
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import type { PoolOptions } from './max_pool.ts'
import { mul } from './mul.ts'
import { convInput } from './support/conv_grad.ts'
import { lpElement, lpNorm } from './support/lp.ts'
import { FLOATS, must, single, typed } from './support/rule.ts'
import { rankAtLeast } from './support/shape.ts'
import { known, positions, spread, windowAttrs, windowOf } from './support/window.ts'

const attributes = z.strictObject({
  kernel_shape: z.array(z.int()),
  strides: z.array(z.int()).optional(),
  pads: z.array(z.int()).optional(),
  dilations: z.array(z.int()).optional(),
  p: z.int().min(1).default(2),
})

export const LpPool = defineOp<z.infer<typeof attributes>>({
  name: 'LpPool',
  domain: '',
  since: 18,
  inputs: [{ name: 'X', dtypes: FLOATS }],
  outputs: [1, 1],
  attributes,
  infer: ({ op, inputs, attrs }) => {
    const x = rankAtLeast(op, 'X', inputs[0], attrs.kernel_shape.length + 2)
    return [{ dtype: must(inputs, 0).dtype, shape: [must(x, 0), must(x, 1), ...positions(op, x.slice(2), windowOf(op, attrs.kernel_shape, attrs))] }]
  },
  grad: (ctx) => {
    const [x, y, g] = [must(ctx.inputs, 0), must(ctx.outputs, 0), must(ctx.grads, 0)]
    const { p, kernel_shape } = ctx.attrs
    const channels = known('LpPool', 'the number of channels', x.shape[1])
    const ones = ctx.graph.constant(typed(g.dtype, new Array<number>(channels * kernel_shape.reduce((a, b) => a * b, 1)).fill(1)), g.dtype, [channels, 1, ...kernel_shape])
    return [mul(lpElement(x, p), convInput(lpNorm(g, y, p), ones, x, windowOf('LpPool', kernel_shape, ctx.attrs), channels))]
  },
})

/** x [N, C, …]. Strides are the kernel where left out. */
export function lpPool(x: Value, { kernel, p = 2, ...options }: PoolOptions & { readonly p?: number }): Value {
  return single(LpPool, [x], { ...windowAttrs(kernel, { ...options, strides: spread(options.strides ?? kernel, kernel.length, 1) }), p })
}
