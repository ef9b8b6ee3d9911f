// CenterCropPad: cut or filled up with zeros on both sides to given sizes.
// https://onnx.ai/onnx/operators/onnx__CenterCropPad.html (opset 18)
import { z } from 'zod'
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import type { Dim } from '../graph/types.ts'
import { pad } from './pad.ts'
import { constantInts, first, must, NUMBERS, single } from './support/rule.ts'
import { axesOf, text } from './support/shape.ts'
import { known } from './support/window.ts'

const attributes = z.strictObject({ axes: z.array(z.int()).optional() })

export const CenterCropPad = defineOp<z.infer<typeof attributes>>({
  name: 'CenterCropPad',
  domain: '',
  since: 18,
  inputs: [
    { name: 'input_data', dtypes: NUMBERS },
    { name: 'shape', dtypes: ['int64', 'int32'] },
  ],
  outputs: [1, 1],
  attributes,
  infer: (ctx) => {
    const { dtype, shape } = first(ctx)
    const sizes = constantInts(ctx, 1, 'the shape')
    const axes = ctx.attrs.axes ? axesOf(ctx.op, ctx.attrs.axes, shape.length) : [...shape.keys()]
    if (sizes.length !== axes.length) throw new GraphError(`CenterCropPad: sizes ${text(sizes)} for axes ${text(axes)} of ${text(shape)}`)
    const out: Dim[] = [...shape]
    axes.forEach((a, i) => (out[a] = must(sizes, i)))
    return [{ dtype, shape: out }]
  },
  grad: (ctx) => {
    const [x, g] = [must(ctx.inputs, 0), must(ctx.grads, 0)]
    // What was cut at each side comes back as zeros, what was filled up goes: a Pad with both signs.
    const missing = x.shape.map((d, i) => (d === g.shape[i] ? 0 : known('CenterCropPad', `axis ${i}`, d) - known('CenterCropPad', `axis ${i}`, g.shape[i])))
    const before = missing.map((m) => (m >= 0 ? Math.floor(m / 2) : -Math.floor(-m / 2)))
    return [pad(g, [...before, ...missing.map((m, i) => m - must(before, i))]), null]
  },
})

/** `sizes` of `axes`, all where left out. */
export function centerCropPad(x: Value, sizes: readonly number[], axes?: readonly number[]): Value {
  return single(CenterCropPad, [x, x.graph.ints(sizes)], { axes: axes && [...axes] })
}
