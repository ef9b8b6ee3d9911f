// DynamicQuantizeLinear: to uint8 by a scale and zero point that cover the data's range and 0.
// https://onnx.ai/onnx/operators/onnx__DynamicQuantizeLinear.html (opset 11)
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { apply, defineOp } from '../graph/op.ts'
import { first, must } from './support/rule.ts'

export const DynamicQuantizeLinear = defineOp({
  name: 'DynamicQuantizeLinear',
  domain: '',
  since: 11,
  inputs: [{ name: 'x', dtypes: ['float32'] }],
  outputs: [3, 3],
  attributes: z.strictObject({}),
  infer: (ctx) => [
    { dtype: 'uint8', shape: first(ctx).shape },
    { dtype: 'float32', shape: [] },
    { dtype: 'uint8', shape: [] },
  ],
  grad: 'none',
})

export function dynamicQuantizeLinear(x: Value): { readonly y: Value; readonly scale: Value; readonly zero: Value } {
  const out = apply(DynamicQuantizeLinear, [x])
  return { y: must(out, 0), scale: must(out, 1), zero: must(out, 2) }
}
