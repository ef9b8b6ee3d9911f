// ConvInteger: convolution of 8-bit numbers less their zero points, summed in int32.
// https://onnx.ai/onnx/operators/onnx__ConvInteger.html (opset 10)
import type { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import type { ConvOptions } from './conv.ts'
import { byteInput, convAttributes, convShape } from './support/integer.ts'
import { must, single } from './support/rule.ts'
import { known, windowAttrs } from './support/window.ts'

export const ConvInteger = defineOp<z.infer<typeof convAttributes>>({
  name: 'ConvInteger',
  domain: '',
  since: 10,
  inputs: [byteInput('x', 'T1'), byteInput('w', 'T2'), byteInput('x_zero_point', 'T1', true), byteInput('w_zero_point', 'T2', true)],
  outputs: [1, 1],
  attributes: convAttributes,
  infer: ({ op, inputs, attrs }) => [{ dtype: 'int32', shape: convShape(op, inputs[0], must(inputs, 1), attrs) }],
  grad: 'none',
})

/** x [N, C, …], w [O, C/group, …]; zero points are one number each. */
export function convInteger(x: Value, w: Value, xZero: Value | null = null, wZero: Value | null = null, options: ConvOptions = {}): Value {
  const kernel = w.shape.slice(2).map((k) => known('ConvInteger', 'the kernel', k))
  return single(ConvInteger, [x, w, xZero, wZero], { ...windowAttrs(kernel, options), group: options.group ?? 1 })
}
