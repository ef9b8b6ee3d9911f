// Expand: broadcast to a shape. The gradient is summed over the axes that grew.
// https://onnx.ai/onnx/operators/onnx__Expand.html (opset 13)
import { z } from 'zod'
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { sameShape, type Shape } from '../graph/types.ts'
import { sizesOf } from './constant_of_shape.ts'
import { ANY, first, must, single } from './support/rule.ts'
import { broadcast, text } from './support/shape.ts'

export const Expand = defineOp({
  name: 'Expand',
  domain: '',
  since: 13,
  inputs: [
    { name: 'input', dtypes: ANY },
    { name: 'shape', dtypes: ['int64'] },
  ],
  outputs: [1, 1],
  attributes: z.strictObject({}),
  infer: (ctx) => {
    const { dtype, shape } = first(ctx)
    const target = ctx.dims(1)
    if (!target) throw new GraphError('Expand: the number of axes of the shape is not known')
    return [{ dtype, shape: broadcast(ctx.op, shape, target) }]
  },
  grad: (ctx) => [must(ctx.grads, 0), null],
})

/** A symbolic size must be one that `x` has at that axis, counted from the end. */
export function expand(x: Value, shape: Shape): Value {
  const target = shape.map((d, i) => {
    if (typeof d === 'number') return d
    if (x.shape[i - shape.length + x.shape.length] !== d) throw new GraphError(`Expand: the size '${d}' of ${text(shape)} is not known; expandTo() takes it from a value`)
    return 1
  })
  return single(Expand, [x, x.graph.ints(target)])
}

/** `x` broadcast to the shape of `like`. */
export function expandTo(x: Value, like: Value): Value {
  return sameShape(x.shape, like.shape) ? x : single(Expand, [x, sizesOf(x.graph, like)])
}
