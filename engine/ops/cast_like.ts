// CastLike: to the element type of another tensor. Between floating types the gradient is cast back; otherwise there is none.
// https://onnx.ai/onnx/operators/onnx__CastLike.html (opset 15)
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import type { DType } from '../graph/types.ts'
import { cast } from './cast.ts'
import { ANY, FLOATS, must, single } from './support/rule.ts'

const isFloat = (dtype: DType): boolean => (FLOATS as readonly DType[]).includes(dtype)

export const CastLike = defineOp({
  name: 'CastLike',
  domain: '',
  since: 15,
  inputs: [
    { name: 'input', dtypes: ANY },
    { name: 'target_type', dtypes: ANY },
  ],
  outputs: [1, 1],
  attributes: z.strictObject({}),
  infer: ({ inputs }) => [{ dtype: must(inputs, 1).dtype, shape: must(inputs, 0).shape }],
  grad: (ctx) => {
    const [x, like] = [must(ctx.inputs, 0), must(ctx.inputs, 1)]
    return [isFloat(x.dtype) && isFloat(like.dtype) ? cast(must(ctx.grads, 0), x.dtype) : null, null]
  },
})

export function castLike(x: Value, like: Value): Value {
  return single(CastLike, [x, like])
}
