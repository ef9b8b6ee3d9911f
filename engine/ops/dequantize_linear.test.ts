// Tests of DequantizeLinear.
import { describe, expect, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { Graph } from '../graph/graph.ts'
import { dequantizeLinear } from './dequantize_linear.ts'

describe('DequantizeLinear', () => {
  it('goes back by one scale', () => checkOp({ build: (x, s, z) => dequantizeLinear(x, s, z), inputs: [{ shape: [4], dtype: 'uint8', values: [0, 3, 128, 255] }, { shape: [], values: [2] }, { shape: [], dtype: 'uint8', values: [128] }], wrt: [], batch: [0], reference: () => [-256, -250, 0, 254] }))
  it('goes back channel by channel', () => checkOp({ build: (x, s, z) => dequantizeLinear(x, s, z), inputs: [{ shape: [2, 2], dtype: 'int8', values: [1, 2, -3, -4] }, { shape: [2], values: [1, 0.5] }, { shape: [2], dtype: 'int8', values: [0, 2] }], wrt: [], batch: [0], reference: () => [1, 0, -3, -3] }))
  it('takes int32 without a zero point', () => checkOp({ build: (x, s) => dequantizeLinear(x, s), inputs: [{ shape: [2], dtype: 'int32', values: [-70000, 5] }, { shape: [], values: [0.5] }], wrt: [], reference: () => [-35000, 2.5] }))
  it('names what does not fit', () => {
    const g = new Graph('t')
    expect(() => dequantizeLinear(g.input('x', 'uint8', [2, 3]), g.input('s', 'float32', [3]), g.input('z', 'uint8', []))).toThrow('DequantizeLinear: the zero point of x is [], its scale [3]')
  })
})
