// CumSum: running sum along an axis. The gradient is the running sum from the other end.
// https://onnx.ai/onnx/operators/onnx__CumSum.html (opset 14)
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { defineOp, type OpDef } from '../graph/op.ts'
import { first, FLOATS, intsOr, must, scalarOf, single } from './support/rule.ts'
import { axisOf } from './support/shape.ts'

const attributes = z.strictObject({ exclusive: z.literal([0, 1]).default(0), reverse: z.literal([0, 1]).default(0) })

export const CumSum: OpDef = defineOp<z.infer<typeof attributes>>({
  name: 'CumSum',
  domain: '',
  since: 14,
  inputs: [
    { name: 'x', dtypes: [...FLOATS, 'int64', 'int32'] },
    { name: 'axis', dtypes: ['int64', 'int32'] },
  ],
  outputs: [1, 1],
  attributes,
  infer: (ctx) => {
    for (const axis of intsOr(ctx, 1, [])) axisOf(ctx.op, axis, first(ctx).shape.length)
    return [first(ctx)]
  },
  grad: (ctx) => [single(CumSum, [must(ctx.grads, 0), must(ctx.inputs, 1)], { ...ctx.attrs, reverse: 1 - ctx.attrs.reverse }), null],
})

/** `exclusive` leaves the element itself out; `reverse` sums from the end. */
export function cumSum(x: Value, axis: number, { exclusive = false, reverse = false }: { exclusive?: boolean; reverse?: boolean } = {}): Value {
  return single(CumSum, [x, scalarOf(x.graph, 'int64', axis)], { exclusive: exclusive ? 1 : 0, reverse: reverse ? 1 : 0 })
}
