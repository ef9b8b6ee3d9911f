// ScatterND: slices written into a copy of the data by index tuples; with reduction 'add' they add up.
// https://onnx.ai/onnx/operators/onnx__ScatterND.html (opset 16 for the reduction)
import { z } from 'zod'
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { fullLike } from './constant_of_shape.ts'
import { gatherND } from './gather_nd.ts'
import { ANY, first, must, single } from './support/rule.ts'
import { text } from './support/shape.ts'

const attributes = z.strictObject({ reduction: z.enum(['none', 'add', 'mul', 'min', 'max']).default('none') })

export const ScatterND = defineOp<z.infer<typeof attributes>>({
  name: 'ScatterND',
  domain: '',
  since: 16,
  inputs: [
    { name: 'data', dtypes: ANY, type: 'T' },
    { name: 'indices', dtypes: ['int64'] },
    { name: 'updates', dtypes: ANY, type: 'T' },
  ],
  outputs: [1, 1],
  attributes,
  infer: (ctx) => {
    const data = first(ctx)
    const [index, updates] = [must(ctx.inputs, 1).shape, must(ctx.inputs, 2).shape]
    const depth = index.at(-1)
    const expected = typeof depth === 'number' ? [...index.slice(0, -1), ...data.shape.slice(depth)] : null
    if (!expected || expected.length !== updates.length) throw new GraphError(`ScatterND: data ${text(data.shape)}, indices ${text(index)} and updates ${text(updates)} do not fit`)
    return [data]
  },
  grad: (ctx) => {
    const [index, g] = [must(ctx.inputs, 1), must(ctx.grads, 0)]
    if (ctx.attrs.reduction !== 'add' && ctx.attrs.reduction !== 'none') throw new GraphError(`ScatterND: no gradient with reduction '${ctx.attrs.reduction}'`)
    return [
      ctx.needs(0) ? (ctx.attrs.reduction === 'add' ? g : scatterND(g, index, fullLike(must(ctx.inputs, 2), 0), 'none')) : null,
      null,
      ctx.needs(2) ? gatherND(g, index) : null,
    ]
  },
})

/** Without a reduction the indices must not repeat. */
export function scatterND(x: Value, indices: Value, updates: Value, reduction: 'none' | 'add' = 'none'): Value {
  return single(ScatterND, [x, indices, updates], { reduction })
}
