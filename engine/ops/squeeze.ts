// Squeeze: axes of size 1 taken out.
// https://onnx.ai/onnx/operators/onnx__Squeeze.html (opset 13)
import { z } from 'zod'
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { unsqueeze } from './unsqueeze.ts'
import { ANY, first, intsOf, intsOr, must, single } from './support/rule.ts'
import { agrees, axesOf, text, unknownAxes } from './support/shape.ts'

export const Squeeze = defineOp({
  name: 'Squeeze',
  domain: '',
  since: 13,
  inputs: [
    { name: 'data', dtypes: ANY },
    { name: 'axes', dtypes: ['int64'] },
  ],
  outputs: [1, 1],
  attributes: z.strictObject({}),
  infer: (ctx) => {
    const { dtype, shape } = first(ctx)
    const axes = intsOr(ctx, 1, null)
    if (!axes) return [{ dtype, shape: unknownAxes(ctx, shape, -1) }]
    const all = axesOf(ctx.op, axes, shape.length)
    for (const a of all) if (!agrees(shape[a], 1)) throw new GraphError(`Squeeze: axis ${a} of ${text(shape)} is not 1`)
    return [{ dtype, shape: shape.filter((_, i) => !all.includes(i)) }]
  },
  grad: (ctx) => [unsqueeze(must(ctx.grads, 0), axesOf('Squeeze', intsOf(must(ctx.inputs, 1)) ?? [], must(ctx.inputs, 0).shape.length)), null],
})

export function squeeze(x: Value, axes: readonly number[]): Value {
  return axes.length === 0 ? x : single(Squeeze, [x, x.graph.ints(axes)])
}
