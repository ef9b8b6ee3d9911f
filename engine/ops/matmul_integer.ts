// MatMulInteger: matrix product of 8-bit numbers less their zero points, summed in int32.
// https://onnx.ai/onnx/operators/onnx__MatMulInteger.html (opset 10)
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { byteInput, productShape } from './support/integer.ts'
import { single } from './support/rule.ts'

export const MatMulInteger = defineOp({
  name: 'MatMulInteger',
  domain: '',
  since: 10,
  inputs: [byteInput('A', 'T1'), byteInput('B', 'T2'), byteInput('a_zero_point', 'T1', true), byteInput('b_zero_point', 'T2', true)],
  outputs: [1, 1],
  attributes: z.strictObject({}),
  infer: ({ op, inputs }) => [{ dtype: 'int32', shape: productShape(op, inputs[0], inputs[1]) }],
  grad: 'none',
})

export function matmulInteger(a: Value, b: Value, aZero: Value | null = null, bZero: Value | null = null): Value {
  return single(MatMulInteger, [a, b, aZero, bZero])
}
