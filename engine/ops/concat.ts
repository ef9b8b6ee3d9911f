// Concat: tensors joined along an axis.
// https://onnx.ai/onnx/operators/onnx__Concat.html (opset 13)
import { z } from 'zod'
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import type { Dim, Shape } from '../graph/types.ts'
import { split } from './split.ts'
import { ANY, first, must, single } from './support/rule.ts'
import { agrees, axisOf, clearest, isOpen, plus, size, text } from './support/shape.ts'

const attributes = z.strictObject({ axis: z.int() })

export const Concat = defineOp<z.infer<typeof attributes>>({
  name: 'Concat',
  domain: '',
  since: 13,
  inputs: [{ name: 'inputs', dtypes: ANY, type: 'T', variadic: true }],
  outputs: [1, 1],
  attributes,
  infer: (ctx) => {
    const { dtype, shape } = first(ctx)
    const axis = axisOf(ctx.op, ctx.attrs.axis, shape.length)
    const shapes = ctx.inputs.map((_, i) => must(ctx.inputs, i).shape)
    for (const s of shapes) if (s.length !== shape.length || s.some((d, i) => i !== axis && !agrees(d, shape[i]))) throw new GraphError(`Concat: shapes ${text(shape)} and ${text(s)} differ outside axis ${axis}`)
    return [{ dtype, shape: shape.map((d, i) => (i === axis ? total(shapes, axis) : isOpen(d) ? clearest(shapes.map((s) => must(s, i))) : d)) }]
  },
  grad: (ctx) => {
    const axis = axisOf('Concat', ctx.attrs.axis, must(ctx.inputs, 0).shape.length)
    const sizes = ctx.inputs.map((v) => v?.shape[axis])
    if (sizes.length === 1) return [must(ctx.grads, 0)]
    if (!sizes.every((d) => typeof d === 'number')) throw new GraphError(`Concat: the gradient needs known sizes along axis ${axis}, found ${text(sizes.map((d) => d ?? '?'))}`)
    return split(must(ctx.grads, 0), sizes, axis)
  },
})

function total(shapes: readonly Shape[], axis: number): Dim {
  const sizes = shapes.map((s) => must(s, axis))
  const known = sizes.filter((d) => typeof d === 'number').reduce((a, b) => a + b, 0)
  const open = sizes.filter((d) => typeof d === 'string')
  const each = [...new Set(open)].map((d) => size([open.filter((other) => other === d).length, d]))
  return open.length === 0 ? known : plus(each.join('+'), known)
}

export function concat(xs: readonly Value[], axis: number): Value {
  return single(Concat, xs, { axis })
}
