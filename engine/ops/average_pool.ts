// AveragePool: mean of each window, padding counted or not. The gradient spreads g/n over the window.
// https://onnx.ai/onnx/operators/onnx__AveragePool.html (opset 11)
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { div } from './div.ts'
import { convInput } from './support/conv_grad.ts'
import { FLOATS, must, single, typed } from './support/rule.ts'
import { rankAtLeast } from './support/shape.ts'
import { known, positions, spread, windowAttrs, windowOf, type Window, type WindowOptions } from './support/window.ts'

const attributes = z.strictObject({
  kernel_shape: z.array(z.int()),
  strides: z.array(z.int()).optional(),
  pads: z.array(z.int()).optional(),
  count_include_pad: z.literal([0, 1]).default(0),
})

export const AveragePool = defineOp<z.infer<typeof attributes>>({
  name: 'AveragePool',
  domain: '',
  since: 11,
  inputs: [{ name: 'X', dtypes: FLOATS }],
  outputs: [1, 1],
  attributes,
  infer: ({ op, inputs, attrs }) => {
    const x = rankAtLeast(op, 'X', inputs[0], attrs.kernel_shape.length + 2)
    return [{ dtype: must(inputs, 0).dtype, shape: [must(x, 0), must(x, 1), ...positions(op, x.slice(2), windowOf(op, attrs.kernel_shape, attrs))] }]
  },
  grad: (ctx) => {
    const [x, g] = [must(ctx.inputs, 0), must(ctx.grads, 0)]
    const win = windowOf('AveragePool', ctx.attrs.kernel_shape, ctx.attrs)
    const channels = known('AveragePool', 'the number of channels', x.shape[1])
    const area = win.kernel.reduce((a, b) => a * b, 1)
    const ones = ctx.graph.constant(typed(g.dtype, new Array<number>(channels * area).fill(1)), g.dtype, [channels, 1, ...win.kernel])
    const share = ctx.attrs.count_include_pad === 1 || win.pads.every((p) => p === 0) ? div(g, area) : div(g, counts(g, x, win))
    return [convInput(share, ones, x, win, channels)]
  },
})

/** Elements of each window that lie inside the input, as a constant [1, 1, …]. */
function counts(g: Value, x: Value, win: Window): Value {
  const sizes = win.kernel.map((_, i) => known('AveragePool', 'the output size', g.shape[i + 2]))
  const inside = sizes.map((n, i) => {
    const size = known('AveragePool', 'the input size', x.shape[i + 2])
    return Array.from({ length: n }, (_, at) => {
      const start = at * must(win.strides, i) - must(win.pads, i)
      return Math.min(start + must(win.kernel, i), size) - Math.max(start, 0)
    })
  })
  const all = inside.reduce((table, axis) => table.flatMap((a) => axis.map((b) => a * b)), [1])
  return g.graph.constant(typed(g.dtype, all), g.dtype, [1, 1, ...sizes])
}

export interface AveragePoolOptions extends WindowOptions {
  readonly kernel: readonly number[]
  readonly countIncludePad?: boolean
}

/** x [N, C, …]. Strides are the kernel where left out. */
export function averagePool(x: Value, { kernel, countIncludePad = false, ...options }: AveragePoolOptions): Value {
  const { kernel_shape, strides, pads } = windowAttrs(kernel, { ...options, strides: spread(options.strides ?? kernel, kernel.length, 1) })
  return single(AveragePool, [x], { kernel_shape, strides, pads, count_include_pad: countIncludePad ? 1 : 0 })
}
