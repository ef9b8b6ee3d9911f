// GatherElements: one element for each index: y[i][j] = x[index[i][j]][j] along axis 0.
// https://onnx.ai/onnx/operators/onnx__GatherElements.html (opset 13)
import { z } from 'zod'
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { fullLike } from './constant_of_shape.ts'
import { scatterElements } from './scatter_elements.ts'
import { ANY, first, must, single } from './support/rule.ts'
import { axisOf, text } from './support/shape.ts'

const attributes = z.strictObject({ axis: z.int().default(0) })

export const GatherElements = defineOp<z.infer<typeof attributes>>({
  name: 'GatherElements',
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
    const index = must(ctx.inputs, 1).shape
    axisOf(ctx.op, ctx.attrs.axis, shape.length)
    if (index.length !== shape.length) throw new GraphError(`GatherElements: indices ${text(index)} and data ${text(shape)} differ in rank`)
    return [{ dtype, shape: index }]
  },
  grad: (ctx) => [scatterElements(fullLike(must(ctx.inputs, 0), 0), must(ctx.inputs, 1), must(ctx.grads, 0), { axis: ctx.attrs.axis, reduction: 'add' }), null],
})

export function gatherElements(x: Value, indices: Value, axis = 0): Value {
  return single(GatherElements, [x, indices], { axis })
}
