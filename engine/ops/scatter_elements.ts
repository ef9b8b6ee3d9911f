// ScatterElements: elements written into a copy of the data at given indices; with reduction 'add' they add up.
// https://onnx.ai/onnx/operators/onnx__ScatterElements.html (opset 16 for the reduction)
import { z } from 'zod'
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { sameShape } from '../graph/types.ts'
import { fullLike } from './constant_of_shape.ts'
import { gatherElements } from './gather_elements.ts'
import { ANY, first, must, single } from './support/rule.ts'
import { axisOf, text } from './support/shape.ts'

const attributes = z.strictObject({ axis: z.int().default(0), reduction: z.enum(['none', 'add']).default('none') })

export const ScatterElements = defineOp<z.infer<typeof attributes>>({
  name: 'ScatterElements',
  domain: '',
  since: 16,
  inputs: [
    { name: 'data', dtypes: ANY, type: 'T' },
    { name: 'indices', dtypes: ['int64', 'int32'] },
    { name: 'updates', dtypes: ANY, type: 'T' },
  ],
  outputs: [1, 1],
  attributes,
  infer: (ctx) => {
    const data = first(ctx)
    const [index, updates] = [must(ctx.inputs, 1).shape, must(ctx.inputs, 2).shape]
    axisOf(ctx.op, ctx.attrs.axis, data.shape.length)
    if (index.length !== data.shape.length || !sameShape(index, updates)) throw new GraphError(`ScatterElements: data ${text(data.shape)}, indices ${text(index)} and updates ${text(updates)} do not fit`)
    return [data]
  },
  grad: (ctx) => {
    const [index, g] = [must(ctx.inputs, 1), must(ctx.grads, 0)]
    const { axis, reduction } = ctx.attrs
    return [
      ctx.needs(0) ? (reduction === 'add' ? g : scatterElements(g, index, fullLike(must(ctx.inputs, 2), 0), { axis })) : null,
      null,
      ctx.needs(2) ? gatherElements(g, index, axis) : null,
    ]
  },
})

/** Without a reduction the indices must not repeat. */
export function scatterElements(x: Value, indices: Value, updates: Value, options: { axis?: number; reduction?: 'none' | 'add' } = {}): Value {
  return single(ScatterElements, [x, indices, updates], { ...options })
}
