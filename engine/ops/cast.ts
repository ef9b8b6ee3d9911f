// Cast: to another element type. Between floating types the gradient is cast back; otherwise there is none.
// https://onnx.ai/onnx/operators/onnx__Cast.html (opset 13)
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { DTYPES, type DType } from '../graph/types.ts'
import { ANY, FLOATS, must, single } from './support/rule.ts'

/** The element type is kept by name; the writer turns it into ONNX's number. */
const attributes = z.strictObject({ to: z.enum(DTYPES) })
const isFloat = (dtype: DType): boolean => (FLOATS as readonly DType[]).includes(dtype)

export const Cast = defineOp<z.infer<typeof attributes>>({
  name: 'Cast',
  domain: '',
  since: 13,
  inputs: [{ name: 'input', dtypes: ANY }],
  outputs: [1, 1],
  attributes,
  infer: ({ inputs, attrs }) => [{ dtype: attrs.to, shape: must(inputs, 0).shape }],
  grad: (ctx) => {
    const x = must(ctx.inputs, 0)
    return [isFloat(x.dtype) && isFloat(ctx.attrs.to) ? cast(must(ctx.grads, 0), x.dtype) : null]
  },
})

/** The value itself where it has that type already. */
export function cast(x: Value, dtype: DType): Value {
  return x.dtype === dtype ? x : single(Cast, [x], { to: dtype })
}
