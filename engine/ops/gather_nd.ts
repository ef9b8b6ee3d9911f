// GatherND: slices by index tuples: the last axis of the indices names a position in the first axes of the data.
// https://onnx.ai/onnx/operators/onnx__GatherND.html (opset 13)
import { z } from 'zod'
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { fullLike } from './constant_of_shape.ts'
import { scatterND } from './scatter_nd.ts'
import { ANY, first, must, single } from './support/rule.ts'
import { text } from './support/shape.ts'

const attributes = z.strictObject({ batch_dims: z.int().min(0).optional() })

export const GatherND = defineOp<z.infer<typeof attributes>>({
  name: 'GatherND',
  domain: '',
  since: 13,
  inputs: [
    { name: 'data', dtypes: ANY },
    { name: 'indices', dtypes: ['int64'] },
  ],
  outputs: [1, 1],
  attributes,
  infer: (ctx) => {
    const { dtype, shape } = first(ctx)
    const index = must(ctx.inputs, 1).shape
    const depth = index.at(-1)
    const batch = ctx.attrs.batch_dims ?? 0
    if (typeof depth !== 'number' || depth + batch > shape.length || batch >= index.length) throw new GraphError(`GatherND: indices ${text(index)} do not fit data ${text(shape)}`)
    return [{ dtype, shape: [...index.slice(0, -1), ...shape.slice(batch + depth)] }]
  },
  grad: (ctx) => {
    if (ctx.attrs.batch_dims) throw new GraphError('GatherND: no gradient with batch_dims')
    return [scatterND(fullLike(must(ctx.inputs, 0), 0), must(ctx.inputs, 1), must(ctx.grads, 0), 'add'), null]
  },
})

export function gatherND(x: Value, indices: Value): Value {
  return single(GatherND, [x, indices])
}
