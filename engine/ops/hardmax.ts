// Hardmax: 1 at the first largest element along an axis, 0 elsewhere. Its derivative is zero almost everywhere.
// https://onnx.ai/onnx/operators/onnx__Hardmax.html (opset 13; no float64 kernel in ORT)
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { first, single } from './support/rule.ts'
import { axisOf } from './support/shape.ts'

const attributes = z.strictObject({ axis: z.int().default(-1) })

export const Hardmax = defineOp<z.infer<typeof attributes>>({
  name: 'Hardmax',
  domain: '',
  since: 13,
  inputs: [{ name: 'input', dtypes: ['float32', 'float16'] }],
  outputs: [1, 1],
  attributes,
  infer: (ctx) => {
    axisOf(ctx.op, ctx.attrs.axis, first(ctx).shape.length)
    return [first(ctx)]
  },
  grad: 'none',
})

export function hardmax(x: Value, axis = -1): Value {
  return single(Hardmax, [x], { axis })
}
