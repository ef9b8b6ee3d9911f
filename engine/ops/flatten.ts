// Flatten: to a matrix: axes before `axis` become rows, the rest columns.
// https://onnx.ai/onnx/operators/onnx__Flatten.html (opset 13)
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { reshapeLike } from './reshape.ts'
import { ANY, first, must, single } from './support/rule.ts'
import { axisOf, size } from './support/shape.ts'

const attributes = z.strictObject({ axis: z.int().default(1) })

export const Flatten = defineOp<z.infer<typeof attributes>>({
  name: 'Flatten',
  domain: '',
  since: 13,
  inputs: [{ name: 'input', dtypes: ANY }],
  outputs: [1, 1],
  attributes,
  infer: (ctx) => {
    const { dtype, shape } = first(ctx)
    const axis = ctx.attrs.axis === shape.length ? shape.length : axisOf(ctx.op, ctx.attrs.axis, shape.length)
    return [{ dtype, shape: [size(shape.slice(0, axis)), size(shape.slice(axis))] }]
  },
  grad: (ctx) => [reshapeLike(must(ctx.grads, 0), must(ctx.inputs, 0))],
})

/** A negative axis counts from the end of the shape. */
export function flatten(x: Value, axis = 1): Value {
  return single(Flatten, [x], { axis: axis < 0 ? axis + x.shape.length : axis })
}
