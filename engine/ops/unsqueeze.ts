// Unsqueeze: axes of size 1 put in; axes count in the result.
// https://onnx.ai/onnx/operators/onnx__Unsqueeze.html (opset 13)
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { squeeze } from './squeeze.ts'
import { ANY, first, intsOf, intsOr, must, single } from './support/rule.ts'
import { axesOf, unknownAxes } from './support/shape.ts'

export const Unsqueeze = defineOp({
  name: 'Unsqueeze',
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
    if (!axes) return [{ dtype, shape: unknownAxes(ctx, shape, 1) }]
    const all = axesOf(ctx.op, axes, shape.length + axes.length)
    const rest = [...shape]
    return [{ dtype, shape: Array.from({ length: shape.length + all.length }, (_, i) => (all.includes(i) ? 1 : (rest.shift() ?? 1))) }]
  },
  grad: (ctx) => [squeeze(must(ctx.grads, 0), axesOf('Unsqueeze', intsOf(must(ctx.inputs, 1)) ?? [], must(ctx.outputs, 0).shape.length)), null],
})

export function unsqueeze(x: Value, axes: readonly number[]): Value {
  return axes.length === 0 ? x : single(Unsqueeze, [x, x.graph.ints(axes)])
}
