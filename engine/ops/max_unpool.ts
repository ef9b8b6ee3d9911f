// MaxUnpool: puts elements where MaxPool found them, zeros elsewhere. Indices must not repeat.
// https://onnx.ai/onnx/operators/onnx__MaxUnpool.html (opset 11)
import { z } from 'zod'
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { gather } from './gather.ts'
import { reshape } from './reshape.ts'
import { sizesOf } from './constant_of_shape.ts'
import { FLOATS, must, single } from './support/rule.ts'
import { windowAttrs, type WindowOptions } from './support/window.ts'

const attributes = z.strictObject({ kernel_shape: z.array(z.int()), strides: z.array(z.int()).optional(), pads: z.array(z.int()).optional() })

export const MaxUnpool = defineOp<z.infer<typeof attributes>>({
  name: 'MaxUnpool',
  domain: '',
  since: 11,
  inputs: [
    { name: 'X', dtypes: FLOATS },
    { name: 'I', dtypes: ['int64'] },
    { name: 'output_shape', dtypes: ['int64'] },
  ],
  outputs: [1, 1],
  attributes,
  infer: (ctx) => {
    const shape = ctx.dims(2)
    if (!shape) throw new GraphError('MaxUnpool: the output shape must be a constant or the Shape of a value')
    return [{ dtype: must(ctx.inputs, 0).dtype, shape }]
  },
  grad: (ctx) => [gather(reshape(must(ctx.grads, 0), [-1]), must(ctx.inputs, 1)), null, null],
})

/** Into the shape of `like`, the input of the pooling. */
export function maxUnpool(x: Value, indices: Value, like: Value, { kernel, ...options }: WindowOptions & { readonly kernel: readonly number[] }): Value {
  const { kernel_shape, strides, pads } = windowAttrs(kernel, options)
  return single(MaxUnpool, [x, indices, sizesOf(x.graph, like)], { kernel_shape, strides, pads })
}
