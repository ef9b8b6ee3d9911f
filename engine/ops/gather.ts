// Gather: slices along an axis by index; negative indices count from the end. The gradient adds up where an index repeats.
// https://onnx.ai/onnx/operators/onnx__Gather.html (opset 13)
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { cast } from './cast.ts'
import { fullLike } from './constant_of_shape.ts'
import { scatterND } from './scatter_nd.ts'
import { ANY, first, must, single } from './support/rule.ts'
import { axisOf } from './support/shape.ts'
import { transpose } from './transpose.ts'
import { unsqueeze } from './unsqueeze.ts'

const attributes = z.strictObject({ axis: z.int().default(0) })

export const Gather = defineOp<z.infer<typeof attributes>>({
  name: 'Gather',
  domain: '',
  since: 13,
  inputs: [
    { name: 'data', dtypes: ANY },
    { name: 'indices', dtypes: ['int64', 'int32'] },
  ],
  outputs: [1, 1],
  attributes,
  infer: (ctx) => {
    const { dtype, shape } = first(ctx)
    const axis = axisOf(ctx.op, ctx.attrs.axis, shape.length)
    return [{ dtype, shape: [...shape.slice(0, axis), ...must(ctx.inputs, 1).shape, ...shape.slice(axis + 1)] }]
  },
  grad: (ctx) => {
    const [x, indices, g] = [must(ctx.inputs, 0), must(ctx.inputs, 1), must(ctx.grads, 0)]
    const axis = axisOf('Gather', ctx.attrs.axis, x.shape.length)
    const rows = unsqueeze(indices.dtype === 'int64' ? indices : cast(indices, 'int64'), [indices.shape.length])
    const zeros = fullLike(x, 0)
    if (axis === 0) return [scatterND(zeros, rows, g, 'add'), null]
    const q = indices.shape.length
    const front = [...g.shape.keys()].sort((a, b) => Number(inside(b, axis, q)) - Number(inside(a, axis, q)))
    const order = [axis, ...[...x.shape.keys()].filter((i) => i !== axis)]
    const sum = scatterND(transpose(zeros, order), rows, transpose(g, front), 'add')
    return [transpose(sum, [...x.shape.keys()].map((i) => order.indexOf(i))), null]
  },
})

const inside = (i: number, axis: number, count: number): boolean => i >= axis && i < axis + count

export function gather(x: Value, indices: Value, axis = 0): Value {
  return single(Gather, [x, indices], { axis })
}
