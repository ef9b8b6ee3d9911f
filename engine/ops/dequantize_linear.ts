// DequantizeLinear: (x - zero point) · scale.
// https://onnx.ai/onnx/operators/onnx__DequantizeLinear.html (opset 13)
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { QUANTISED, checkScale } from './support/integer.ts'
import { first, must, single } from './support/rule.ts'

const attributes = z.strictObject({ axis: z.int().default(1) })

export const DequantizeLinear = defineOp<z.infer<typeof attributes>>({
  name: 'DequantizeLinear',
  domain: '',
  since: 13,
  inputs: [
    { name: 'x', dtypes: [...QUANTISED, 'int32'], type: 'T' },
    { name: 'x_scale', dtypes: ['float32'] },
    { name: 'x_zero_point', dtypes: [...QUANTISED, 'int32'], type: 'T', optional: true },
  ],
  outputs: [1, 1],
  attributes,
  infer: (ctx) => {
    const { shape } = first(ctx)
    checkScale(ctx.op, 'x', shape, ctx.attrs.axis, must(ctx.inputs, 1), ctx.inputs[2] ?? null)
    return [{ dtype: 'float32', shape }]
  },
  grad: 'none',
})

/** `scale` and `zero` are one number, or one for each index along `axis`. */
export function dequantizeLinear(x: Value, scale: Value, zero: Value | null = null, axis = 1): Value {
  return single(DequantizeLinear, [x, scale, zero], { axis })
}
