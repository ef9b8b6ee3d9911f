// QLinearMatMul: matrix product of quantised tensors, quantised again.
// https://onnx.ai/onnx/operators/onnx__QLinearMatMul.html (opset 10)
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { byteInput, productShape, scaleInput } from './support/integer.ts'
import { must, single } from './support/rule.ts'

export const QLinearMatMul = defineOp({
  name: 'QLinearMatMul',
  domain: '',
  since: 10,
  inputs: [byteInput('a', 'T1'), scaleInput('a_scale'), byteInput('a_zero_point', 'T1'), byteInput('b', 'T2'), scaleInput('b_scale'), byteInput('b_zero_point', 'T2'), scaleInput('y_scale'), byteInput('y_zero_point', 'T3')],
  outputs: [1, 1],
  attributes: z.strictObject({}),
  infer: ({ op, inputs }) => [{ dtype: must(inputs, 7).dtype, shape: productShape(op, inputs[0], inputs[3]) }],
  grad: 'none',
})

/** A tensor of 8-bit numbers that stand for (value - zero) · scale. */
export interface Quantized {
  readonly value: Value
  readonly scale: Value
  readonly zero: Value
}

/** `scale` and `zero` are those of the result, and its type that of `zero`. */
export function qlinearMatmul(a: Quantized, b: Quantized, scale: Value, zero: Value): Value {
  return single(QLinearMatMul, [a.value, a.scale, a.zero, b.value, b.scale, b.zero, scale, zero])
}
