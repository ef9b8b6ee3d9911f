// LogSoftmax: log of the softmax along an axis. Gradient g - e^y·sum(g).
// https://onnx.ai/onnx/operators/onnx__LogSoftmax.html (opset 13)
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { exp } from './exp.ts'
import { mul } from './mul.ts'
import { reduceSum } from './reduce_sum.ts'
import { sub } from './sub.ts'
import { first, FLOATS, single, unaryRule } from './support/rule.ts'
import { axisOf } from './support/shape.ts'

const attributes = z.strictObject({ axis: z.int().default(-1) })

export const LogSoftmax = defineOp<z.infer<typeof attributes>>({
  name: 'LogSoftmax',
  domain: '',
  since: 13,
  inputs: [{ name: 'input', dtypes: FLOATS }],
  outputs: [1, 1],
  attributes,
  infer: (ctx) => {
    axisOf(ctx.op, ctx.attrs.axis, first(ctx).shape.length)
    return [first(ctx)]
  },
  grad: unaryRule((g, _x, y, { axis }) => sub(g, mul(exp(y), reduceSum(g, [axis], true)))),
})

export function logSoftmax(x: Value, axis = -1): Value {
  return single(LogSoftmax, [x], { axis })
}
