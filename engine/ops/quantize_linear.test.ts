// Tests of QuantizeLinear.
import { describe, expect, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { Graph } from '../graph/graph.ts'
import { quantizeLinear } from './quantize_linear.ts'

describe('QuantizeLinear', () => {
  it('scales, rounds halves to even and saturates', () =>
    checkOp({ build: (x, s, z) => quantizeLinear(x, s, z), inputs: [{ shape: [6], values: [0, 1, 3, 5, 600, -600] }, { shape: [], values: [2] }, { shape: [], dtype: 'uint8', values: [10] }], wrt: [], batch: [0], reference: () => [10, 10, 12, 12, 255, 0] }))
  it('goes channel by channel, to int8', () =>
    checkOp({ build: (x, s, z) => quantizeLinear(x, s, z), inputs: [{ shape: [2, 2], values: [2, 2, -4, -400] }, { shape: [2], values: [1, 2] }, { shape: [2], dtype: 'int8', values: [0, 1] }], wrt: [], batch: [0], reference: () => [2, 2, -4, -128] }))
  it('is uint8 around 0 where no zero point is given', () => checkOp({ build: (x, s) => quantizeLinear(x, s), inputs: [{ shape: [3], values: [-1, 0, 7] }, { shape: [], values: [1] }], wrt: [], reference: () => [0, 0, 7] }))
  it('names what does not fit', () => {
    const g = new Graph('t')
    expect(() => quantizeLinear(g.input('x', 'float32', ['N', 3]), g.input('s', 'float32', [2]))).toThrow('QuantizeLinear: the scale of y is [2], expected one number or [3] along axis 1 of [N, 3]')
  })
})
