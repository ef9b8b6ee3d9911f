// Col2Im: columns of windows added up into the picture they were cut from. The gradient cuts windows out.
// https://onnx.ai/onnx/operators/onnx__Col2Im.html (opset 18)
import { z } from 'zod'
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { conv } from './conv.ts'
import { reshapeLike } from './reshape.ts'
import { constantInts, first, FLOATS, intsOf, must, single, typed } from './support/rule.ts'
import { text } from './support/shape.ts'
import { known, positions, spread, windowOf, type WindowOptions } from './support/window.ts'

const attributes = z.strictObject({ strides: z.array(z.int()).optional(), pads: z.array(z.int()).optional(), dilations: z.array(z.int()).optional() })

export const Col2Im = defineOp<z.infer<typeof attributes>>({
  name: 'Col2Im',
  domain: '',
  since: 18,
  inputs: [
    { name: 'input', dtypes: FLOATS },
    { name: 'image_shape', dtypes: ['int64'] },
    { name: 'block_shape', dtypes: ['int64'] },
  ],
  outputs: [1, 1],
  attributes,
  infer: (ctx) => {
    const { dtype, shape } = first(ctx)
    const [image, block] = [constantInts(ctx, 1, 'image_shape'), constantInts(ctx, 2, 'block_shape')]
    if (shape.length !== 3 || image.length !== block.length) throw new GraphError(`Col2Im: columns ${text(shape)}, picture ${text(image)}, window ${text(block)}; expected [N, C · window, windows] and two sizes of one length`)
    const counts = positions(ctx.op, image, windowOf(ctx.op, block, ctx.attrs)).map((d) => known(ctx.op, 'the number of windows', d))
    const [taps, windows] = [block.reduce((a, b) => a * b, 1), counts.reduce((a, b) => a * b, 1)]
    const rows = known(ctx.op, 'the height of a column', shape[1])
    if (rows % taps !== 0 || shape[2] !== windows) throw new GraphError(`Col2Im: columns ${text(shape)}, expected a multiple of ${taps} rows and ${windows} windows for picture ${text(image)} and window ${text(block)}`)
    return [{ dtype, shape: [must(shape, 0), rows / taps, ...image] }]
  },
  grad: (ctx) => {
    const [g, block] = [must(ctx.grads, 0), intsOf(must(ctx.inputs, 2)) ?? []]
    const channels = known('Col2Im', 'the number of channels', g.shape[1])
    const taps = block.reduce((a, b) => a * b, 1)
    // One output channel for each element of the window: a convolution that copies.
    const eye = Array.from({ length: channels * taps * taps }, (_, i) => (Math.floor(i / taps) % taps === i % taps ? 1 : 0))
    const weights = ctx.graph.constant(typed(g.dtype, eye), g.dtype, [channels * taps, 1, ...block])
    return [reshapeLike(conv(g, weights, null, { ...windowOf('Col2Im', block, ctx.attrs), group: channels }), must(ctx.inputs, 0)), null, null]
  },
})

/** x [N, C · product of `block`, windows] to [N, C, ...image]. */
export function col2im(x: Value, image: readonly number[], block: readonly number[], { strides, pads, dilations }: WindowOptions = {}): Value {
  const n = image.length
  return single(Col2Im, [x, x.graph.ints(image), x.graph.ints(block)], { strides: spread(strides, n, 1), pads: spread(pads, 2 * n, 0), dilations: spread(dilations, n, 1) })
}
