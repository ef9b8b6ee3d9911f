// Compress: the slices along an axis, or elements, for which a condition holds. The gradient goes back to them.
// https://onnx.ai/onnx/operators/onnx__Compress.html (opset 11)
import { z } from 'zod'
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import type { Dim } from '../graph/types.ts'
import { fullLike } from './constant_of_shape.ts'
import { nonZero } from './non_zero.ts'
import { reshape, reshapeLike } from './reshape.ts'
import { scatterND } from './scatter_nd.ts'
import { ANY, first, intsOr, must, single } from './support/rule.ts'
import { axisOf, size, text } from './support/shape.ts'
import { transpose } from './transpose.ts'

const attributes = z.strictObject({ axis: z.int().optional() })

export const Compress = defineOp<z.infer<typeof attributes>>({
  name: 'Compress',
  domain: '',
  since: 11,
  inputs: [
    { name: 'input', dtypes: ANY },
    { name: 'condition', dtypes: ['bool'] },
  ],
  outputs: [1, 1],
  attributes,
  infer: (ctx) => {
    const { dtype, shape } = first(ctx)
    const condition = must(ctx.inputs, 1).shape
    const axis = ctx.attrs.axis === undefined ? null : axisOf(ctx.op, ctx.attrs.axis, shape.length)
    const n = axis === null ? size(shape) : must(shape, axis)
    const [length = 0] = condition
    if (condition.length !== 1 || (typeof length === 'number' && typeof n === 'number' && length > n)) throw new GraphError(`Compress: a condition ${text(condition)} for ${n} ${axis === null ? 'elements' : `slices along axis ${axis}`}, expected a vector of at most as many`)
    const count: Dim = intsOr(ctx, 1, null)?.filter((v) => v !== 0).length ?? ctx.free(axis === null ? 0 : axis + 1)
    return [{ dtype, shape: axis === null ? [count] : shape.map((d, i) => (i === axis ? count : d)) }]
  },
  grad: (ctx) => {
    const [x, g] = [must(ctx.inputs, 0), must(ctx.grads, 0)]
    const rows = transpose(nonZero(must(ctx.inputs, 1)), [1, 0])
    const zeros = fullLike(x, 0)
    if (ctx.attrs.axis === undefined) return [reshapeLike(scatterND(reshape(zeros, [-1]), rows, g), x), null]
    const axis = axisOf('Compress', ctx.attrs.axis, x.shape.length)
    const axes = [...x.shape.keys()]
    const order = [axis, ...axes.filter((a) => a !== axis)]
    return [transpose(scatterND(transpose(zeros, order), rows, transpose(g, order)), axes.map((a) => order.indexOf(a))), null]
  },
})

/** Of the elements in row-major order where no axis is given. `condition` is a bool vector; it may be shorter. */
export function compress(x: Value, condition: Value, axis?: number): Value {
  return single(Compress, [x, condition], axis === undefined ? {} : { axis })
}
