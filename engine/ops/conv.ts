// Conv: cross-correlation of [N, C, …] with weights [O, C/group, …] over any number of spatial axes.
// https://onnx.ai/onnx/operators/onnx__Conv.html (opset 11)
import { z } from 'zod'
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { reduceSum } from './reduce_sum.ts'
import { convInput, convWeight } from './support/conv_grad.ts'
import { FLOATS, must, single } from './support/rule.ts'
import { rankAtLeast, text } from './support/shape.ts'
import { known, positions, windowAttrs, windowOf, type Window, type WindowOptions } from './support/window.ts'

const attributes = z.strictObject({
  kernel_shape: z.array(z.int()).optional(),
  strides: z.array(z.int()).optional(),
  pads: z.array(z.int()).optional(),
  dilations: z.array(z.int()).optional(),
  group: z.int().min(1).default(1),
})
type ConvAttributes = z.infer<typeof attributes>

export const Conv = defineOp<ConvAttributes>({
  name: 'Conv',
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
    const o = known(op, 'the number of output channels', w[0])
    const c = known(op, 'the number of input channels', w[1])
    if (w.length !== x.length || x[1] !== c * attrs.group || o % attrs.group !== 0) throw new GraphError(`Conv: input ${text(x)} does not fit weights ${text(w)} in ${attrs.group} groups`)
    const b = inputs[2]
    if (b && text(b.shape) !== text([o])) throw new GraphError(`Conv: bias ${text(b.shape)}, expected ${text([o])}`)
    return [{ dtype: must(inputs, 0).dtype, shape: [must(x, 0), o, ...positions(op, x.slice(2), window(op, w, attrs))] }]
  },
  grad: (ctx) => {
    const [x, w, g] = [must(ctx.inputs, 0), must(ctx.inputs, 1), must(ctx.grads, 0)]
    const win = window('Conv', w.shape, ctx.attrs)
    return [
      ctx.needs(0) ? convInput(g, w, x, win, ctx.attrs.group) : null,
      ctx.needs(1) ? convWeight(g, x, w, win, ctx.attrs.group) : null,
      ctx.needs(2) ? reduceSum(g, g.shape.map((_, i) => i).filter((i) => i !== 1)) : null,
    ]
  },
})

function window(op: string, weights: readonly (number | string)[], attrs: ConvAttributes): Window {
  const kernel = weights.slice(2).map((k) => known(op, 'the kernel', k))
  if (attrs.kernel_shape && text(attrs.kernel_shape) !== text(kernel)) throw new GraphError(`${op}: kernel_shape ${text(attrs.kernel_shape)} against weights ${text(weights)}`)
  return windowOf(op, kernel, attrs)
}

export interface ConvOptions extends WindowOptions {
  readonly group?: number
}

/** x [N, C, …], w [O, C/group, …], bias [O]. */
export function conv(x: Value, w: Value, b: Value | null = null, options: ConvOptions = {}): Value {
  const kernel = w.shape.slice(2).map((k) => known('Conv', 'the kernel', k))
  return single(Conv, [x, w, b], { ...windowAttrs(kernel, options), group: options.group ?? 1 })
}
