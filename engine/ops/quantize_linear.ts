// QuantizeLinear: round(x / scale) + zero point, saturated to 8 bits (16 since opset 21); halves round to even.
// https://onnx.ai/onnx/operators/onnx__QuantizeLinear.html (opset 13)
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { QUANTISED, checkScale } from './support/integer.ts'
import { first, must, single } from './support/rule.ts'

const attributes = z.strictObject({ axis: z.int().default(1) })

export const QuantizeLinear = defineOp<z.infer<typeof attributes>>({
  name: 'QuantizeLinear',
  domain: '',
  since: 13,
  inputs: [
    { name: 'x', dtypes: ['float32', 'int32'] },
    { name: 'y_scale', dtypes: ['float32'] },
    { name: 'y_zero_point', dtypes: QUANTISED, optional: true },
  ],
  outputs: [1, 1],
  attributes,
  infer: (ctx) => {
    const { shape } = first(ctx)
    const zero = ctx.inputs[2] ?? null
    checkScale(ctx.op, 'y', shape, ctx.attrs.axis, must(ctx.inputs, 1), zero)
    return [{ dtype: zero?.dtype ?? 'uint8', shape }]
  },
  grad: 'none',
})

/** `scale` and `zero` are one number, or one for each index along `axis`; the type of `zero` is the result's (uint8 without). */
export function quantizeLinear(x: Value, scale: Value, zero: Value | null = null, axis = 1): Value {
  return single(QuantizeLinear, [x, scale, zero], { axis })
}
