// Unique: the different elements or slices, where each is first, which one each element is, and how often it occurs.
// https://onnx.ai/onnx/operators/onnx__Unique.html (opset 11; no int32 kernel in ORT). How many there are jumps with the values: no gradient.
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { apply, defineOp } from '../graph/op.ts'
import { first, FLOATS, must } from './support/rule.ts'
import { axisOf, size } from './support/shape.ts'

const attributes = z.strictObject({ axis: z.int().optional(), sorted: z.literal([0, 1]).default(1) })

export const Unique = defineOp<z.infer<typeof attributes>>({
  name: 'Unique',
  domain: '',
  since: 11,
  inputs: [{ name: 'X', dtypes: [...FLOATS, 'int64', 'int8', 'string'] }],
  outputs: [1, 4],
  attributes,
  infer: (ctx) => {
    const { dtype, shape } = first(ctx)
    const axis = ctx.attrs.axis === undefined ? null : axisOf(ctx.op, ctx.attrs.axis, shape.length)
    const count = ctx.free(axis === null ? 0 : axis + 1)
    return [
      { dtype, shape: axis === null ? [count] : shape.map((d, i) => (i === axis ? count : d)) },
      { dtype: 'int64', shape: [count] },
      { dtype: 'int64', shape: [axis === null ? size(shape) : must(shape, axis)] },
      { dtype: 'int64', shape: [count] },
    ]
  },
  grad: 'forbidden',
})

/** Sorted; of single elements where no axis is given. Indices and counts are int64. */
export function unique(x: Value, axis?: number): { values: Value; indices: Value; inverse: Value; counts: Value } {
  const out = apply(Unique, [x], axis === undefined ? {} : { axis })
  return { values: must(out, 0), indices: must(out, 1), inverse: must(out, 2), counts: must(out, 3) }
}
