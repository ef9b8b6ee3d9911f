// TopK: the k largest or smallest elements along an axis, and where they were.
// https://onnx.ai/onnx/operators/onnx__TopK.html (opset 11)
import { z } from 'zod'
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import { apply, defineOp } from '../graph/op.ts'
import { fullLike } from './constant_of_shape.ts'
import { scatterElements } from './scatter_elements.ts'
import { first, FLOATS, must } from './support/rule.ts'
import { axisOf, text } from './support/shape.ts'

const attributes = z.strictObject({ axis: z.int().default(-1), largest: z.literal([0, 1]).default(1), sorted: z.literal([0, 1]).default(1) })

export const TopK = defineOp<z.infer<typeof attributes>>({
  name: 'TopK',
  domain: '',
  since: 11,
  inputs: [
    { name: 'X', dtypes: [...FLOATS, 'int64', 'int32', 'int8', 'uint8'] },
    { name: 'K', dtypes: ['int64'] },
  ],
  outputs: [2, 2],
  attributes,
  infer: (ctx) => {
    const { dtype, shape } = first(ctx)
    const axis = axisOf(ctx.op, ctx.attrs.axis, shape.length)
    const k = ctx.dims(1)?.[0] ?? ctx.free()
    const n = must(shape, axis)
    if (typeof k === 'number' && (k < 0 || (typeof n === 'number' && k > n))) throw new GraphError(`TopK: k = ${k} of the ${n} elements along axis ${axis} of ${text(shape)}`)
    const out = shape.map((d, i) => (i === axis ? k : d))
    return [
      { dtype, shape: out },
      { dtype: 'int64', shape: out },
    ]
  },
  grad: (ctx) => {
    const g = ctx.grads[0]
    return [g ? scatterElements(fullLike(must(ctx.inputs, 0), 0), must(ctx.outputs, 1), g, { axis: ctx.attrs.axis }) : null, null]
  },
})

/** Sorted, the best first; of equal elements the first. The indices are int64. */
export function topK(x: Value, k: number, axis = -1, largest = true): [values: Value, indices: Value] {
  const out = apply(TopK, [x, x.graph.ints([k])], { axis, largest: largest ? 1 : 0 })
  return [must(out, 0), must(out, 1)]
}
