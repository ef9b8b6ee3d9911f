// ArgMin: index of the smallest element along an axis; the first of equals.
// https://onnx.ai/onnx/operators/onnx__ArgMin.html (opset 13)
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { reduced } from './support/reduce.ts'
import { first, FLOATS, single } from './support/rule.ts'
import { axisOf } from './support/shape.ts'

const attributes = z.strictObject({ axis: z.int().default(0), keepdims: z.literal([0, 1]).default(1), select_last_index: z.literal([0, 1]).default(0) })

export const ArgMin = defineOp<z.infer<typeof attributes>>({
  name: 'ArgMin',
  domain: '',
  since: 13,
  inputs: [{ name: 'data', dtypes: [...FLOATS, 'int64', 'int32', 'int8', 'uint8'] }],
  outputs: [1, 1],
  attributes,
  infer: (ctx) => {
    const { shape } = first(ctx)
    return [{ dtype: 'int64', shape: reduced(shape, [axisOf(ctx.op, ctx.attrs.axis, shape.length)], ctx.attrs.keepdims === 1) }]
  },
  grad: 'none',
})

/** int64 indices. */
export function argMin(x: Value, axis: number, keepdims = false): Value {
  return single(ArgMin, [x], { axis, keepdims: keepdims ? 1 : 0 })
}
