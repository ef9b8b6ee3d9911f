// ConvTranspose: the adjoint of a convolution: [N, C, …] spread by weights [C, O/group, …].
// https://onnx.ai/onnx/operators/onnx__ConvTranspose.html (opset 11)
import { z } from 'zod'
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { conv } from './conv.ts'
import { reduceSum } from './reduce_sum.ts'
import { convWeight } from './support/conv_grad.ts'
import { FLOATS, must, single } from './support/rule.ts'
import { plus, rankAtLeast, text } from './support/shape.ts'
import { known, spread, windowAttrs, windowOf, type WindowOptions } from './support/window.ts'

const attributes = z.strictObject({
  kernel_shape: z.array(z.int()).optional(),
  strides: z.array(z.int()).optional(),
  pads: z.array(z.int()).optional(),
  dilations: z.array(z.int()).optional(),
  output_padding: z.array(z.int().min(0)).optional(),
  group: z.int().min(1).default(1),
})

export const ConvTranspose = defineOp<z.infer<typeof attributes>>({
  name: 'ConvTranspose',
  domain: '',
  since: 11,
  inputs: [
    { name: 'X', dtypes: FLOATS, type: 'T' },
    { name: 'W', dtypes: FLOATS, type: 'T' },
    { name: 'B', dtypes: FLOATS, type: 'T', optional: true },
  ],
  outputs: [1, 1],
  attributes,
  infer: ({ op, inputs, attrs }) => {
    const x = rankAtLeast(op, 'X', inputs[0], 3)
    const w = must(inputs, 1).shape
    if (w.length !== x.length || x[1] !== w[0]) throw new GraphError(`ConvTranspose: input ${text(x)} does not fit weights ${text(w)}`)
    const n = x.length - 2
    const kernel = w.slice(2).map((k) => known(op, 'the kernel', k))
    const win = windowOf(op, kernel, attrs)
    const extra = spread(attrs.output_padding, n, 0)
    const o = known(op, 'the number of output channels', w[1]) * attrs.group
    if (inputs[2] && text(inputs[2].shape) !== text([o])) throw new GraphError(`ConvTranspose: bias ${text(inputs[2].shape)}, expected ${text([o])}`)
    const spatial = x.slice(2).map((d, i) => {
      const stride = must(win.strides, i)
      const rest = must(win.dilations, i) * (must(kernel, i) - 1) + 1 + must(extra, i) - must(win.pads, i) - must(win.pads, i + n)
      return typeof d === 'number' ? (d - 1) * stride + rest : stride === 1 ? plus(d, rest - 1) : plus(`${stride}*(${plus(d, -1)})`, rest)
    })
    return [{ dtype: must(inputs, 0).dtype, shape: [must(x, 0), o, ...spatial] }]
  },
  grad: (ctx) => {
    const [x, w, g] = [must(ctx.inputs, 0), must(ctx.inputs, 1), must(ctx.grads, 0)]
    const win = windowOf('ConvTranspose', w.shape.slice(2).map((k) => known('ConvTranspose', 'the kernel', k)), ctx.attrs)
    return [
      ctx.needs(0) ? conv(g, w, null, { ...win, group: ctx.attrs.group }) : null,
      ctx.needs(1) ? convWeight(x, g, w, win, ctx.attrs.group) : null,
      ctx.needs(2) ? reduceSum(g, g.shape.map((_, i) => i).filter((i) => i !== 1)) : null,
    ]
  },
})

export interface ConvTransposeOptions extends WindowOptions {
  readonly group?: number
  /** Added at the end of each axis, to tell sizes apart that one stride makes equal. */
  readonly outputPadding?: readonly number[]
}

/** x [N, C, …], w [C, O/group, …], bias [O]. */
export function convTranspose(x: Value, w: Value, b: Value | null = null, options: ConvTransposeOptions = {}): Value {
  const kernel = w.shape.slice(2).map((k) => known('ConvTranspose', 'the kernel', k))
  return single(ConvTranspose, [x, w, b], { ...windowAttrs(kernel, options), group: options.group ?? 1, output_padding: spread(options.outputPadding, kernel.length, 0) })
}
