// QLinearConv: convolution of quantised tensors, quantised again.
// https://onnx.ai/onnx/operators/onnx__QLinearConv.html (opset 10)
import type { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import type { ConvOptions } from './conv.ts'
import type { Quantized } from './qlinear_matmul.ts'
import { byteInput, checkScale, convAttributes, convShape, scaleInput } from './support/integer.ts'
import { must, single } from './support/rule.ts'
import { known, windowAttrs } from './support/window.ts'

export const QLinearConv = defineOp<z.infer<typeof convAttributes>>({
  name: 'QLinearConv',
  domain: '',
  since: 10,
  inputs: [
    byteInput('x', 'T1'),
    scaleInput('x_scale'),
    byteInput('x_zero_point', 'T1'),
    byteInput('w', 'T2'),
    scaleInput('w_scale'),
    byteInput('w_zero_point', 'T2'),
    scaleInput('y_scale'),
    byteInput('y_zero_point', 'T3'),
    { name: 'B', dtypes: ['int32'], optional: true },
  ],
  outputs: [1, 1],
  attributes: convAttributes,
  infer: ({ op, inputs, attrs }) => {
    const w = must(inputs, 3)
    checkScale(op, 'w', w.shape, 0, must(inputs, 4), null)
    return [{ dtype: must(inputs, 7).dtype, shape: convShape(op, inputs[0], w, attrs) }]
  },
  grad: 'none',
})

/** x [N, C, …], w [O, C/group, …] with a scale for all or one an output channel; bias [O] of int32, in units of both scales. */
export function qlinearConv(x: Quantized, w: Quantized, scale: Value, zero: Value, bias: Value | null = null, options: ConvOptions = {}): Value {
  const kernel = w.value.shape.slice(2).map((k) => known('QLinearConv', 'the kernel', k))
  return single(QLinearConv, [x.value, x.scale, x.zero, w.value, w.scale, w.zero, scale, zero, bias], { ...windowAttrs(kernel, options), group: options.group ?? 1 })
}
