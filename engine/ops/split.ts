// Split: a tensor cut along an axis into parts of given sizes.
// https://onnx.ai/onnx/operators/onnx__Split.html (opset 13)
import { z } from 'zod'
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import { apply, defineOp } from '../graph/op.ts'
import { concat } from './concat.ts'
import { fullLike } from './constant_of_shape.ts'
import { ANY, first, intsOr, must } from './support/rule.ts'
import { agrees, axisOf, text } from './support/shape.ts'

const attributes = z.strictObject({ axis: z.int().default(0) })

export const Split = defineOp<z.infer<typeof attributes>>({
  name: 'Split',
  domain: '',
  since: 13,
  inputs: [
    { name: 'input', dtypes: ANY },
    { name: 'split', dtypes: ['int64'] },
  ],
  outputs: [1, Infinity],
  attributes,
  infer: (ctx) => {
    const { dtype, shape } = first(ctx)
    const axis = axisOf(ctx.op, ctx.attrs.axis, shape.length)
    const sizes = intsOr(ctx, 1, null)
    if (!sizes) {
      const count = must(ctx.inputs, 1).shape[0]
      if (typeof count !== 'number') throw new GraphError('Split: the number of parts is not known')
      return Array.from({ length: count }, (_, k) => ({ dtype, shape: shape.map((d, i) => (i === axis ? ctx.free(k) : d)) }))
    }
    const sum = sizes.reduce((a, b) => a + b, 0)
    if (!agrees(shape[axis], sum)) throw new GraphError(`Split: sizes ${text(sizes)} add up to ${sum}, axis ${axis} of ${text(shape)} has ${shape[axis] ?? '?'}`)
    return sizes.map((n) => ({ dtype, shape: shape.map((d, i) => (i === axis ? n : d)) }))
  },
  grad: (ctx) => {
    const parts = ctx.outputs.map((y, i) => ctx.grads[i] ?? fullLike(y, 0))
    return [concat(parts, ctx.attrs.axis), null]
  },
})

export function split(x: Value, sizes: readonly number[], axis = 0): readonly Value[] {
  return apply(Split, [x, x.graph.ints(sizes)], { axis })
}
