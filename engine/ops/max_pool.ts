// MaxPool: largest of each window, and where it was. Of equal elements the first takes the gradient.
// https://onnx.ai/onnx/operators/onnx__MaxPool.html (opset 12)
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { fullLike } from './constant_of_shape.ts'
import { maxUnpool } from './max_unpool.ts'
import { reshape, reshapeLike } from './reshape.ts'
import { scatterElements } from './scatter_elements.ts'
import { FLOATS, must, single } from './support/rule.ts'
import { rankAtLeast } from './support/shape.ts'
import { positions, spread, windowAttrs, windowOf, type WindowOptions } from './support/window.ts'

const attributes = z.strictObject({
  kernel_shape: z.array(z.int()),
  strides: z.array(z.int()).optional(),
  pads: z.array(z.int()).optional(),
  dilations: z.array(z.int()).optional(),
})

export const MaxPool = defineOp<z.infer<typeof attributes>>({
  name: 'MaxPool',
  domain: '',
  since: 12,
  inputs: [{ name: 'X', dtypes: FLOATS }],
  outputs: [1, 2],
  attributes,
  infer: ({ op, inputs, attrs }) => {
    const x = rankAtLeast(op, 'X', inputs[0], attrs.kernel_shape.length + 2)
    const shape = [must(x, 0), must(x, 1), ...positions(op, x.slice(2), windowOf(op, attrs.kernel_shape, attrs))]
    return [
      { dtype: must(inputs, 0).dtype, shape },
      { dtype: 'int64', shape },
    ]
  },
  grad: (ctx) => {
    const [x, indices, g] = [must(ctx.inputs, 0), must(ctx.outputs, 1), must(ctx.grads, 0)]
    const win = windowOf('MaxPool', ctx.attrs.kernel_shape, ctx.attrs)
    const apart = win.kernel.every((k, i) => must(win.strides, i) >= must(win.dilations, i) * (k - 1) + 1)
    if (apart) return [maxUnpool(g, indices, x, { kernel: win.kernel, strides: win.strides, pads: win.pads })]
    const sum = scatterElements(reshape(fullLike(x, 0), [-1]), reshape(indices, [-1]), reshape(g, [-1]), { reduction: 'add' })
    return [reshapeLike(sum, x)]
  },
})

export interface PoolOptions extends WindowOptions {
  readonly kernel: readonly number[]
}

/** x [N, C, …]. Strides are the kernel where left out: windows side by side. */
export function maxPool(x: Value, { kernel, ...options }: PoolOptions): Value {
  return single(MaxPool, [x], windowAttrs(kernel, { ...options, strides: spread(options.strides ?? kernel, kernel.length, 1) }))
}
