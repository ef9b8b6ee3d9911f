// Tests of ConvTranspose.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { convTranspose } from './conv_transpose.ts'

describe('ConvTranspose', () => {
  it.each([
    { x: [2, 3, 4, 4], w: [3, 2, 3, 3], options: { pads: 1 } },
    { x: [1, 2, 3, 3], w: [2, 2, 3, 3], options: { strides: 2, pads: 1, outputPadding: [1, 1] } },
    { x: [1, 2, 3, 3], w: [2, 2, 2, 2], options: { strides: 2 } },
    { x: [1, 4, 3, 3], w: [4, 1, 3, 3], options: { group: 2, pads: 1 } },
    { x: [1, 2, 4, 4], w: [2, 1, 2, 2], options: { dilations: 2 } },
    { x: [2, 2, 5], w: [2, 3, 3], options: { strides: 2, pads: 1, outputPadding: [1] } },
    { x: [1, 2, 2, 3, 2], w: [2, 2, 2, 2, 2], options: { strides: 2 } },
    { x: [1, 4, 2, 2, 3], w: [4, 1, 1, 2, 3], options: { group: 2, dilations: [1, 2, 1] } },
  ])('x $x, w $w, $options', ({ x, w, options }) => checkOp({ build: (a, b) => convTranspose(a, b, null, options), inputs: [{ shape: x }, { shape: w }], batch: [0], float64: false }))
  it('adds a bias', () => checkOp({ build: (x, w, b) => convTranspose(x, w, b), inputs: [{ shape: [1, 1, 1, 2], values: [1, 2] }, { shape: [1, 1, 1, 2], values: [3, 4] }, { shape: [1], values: [10] }], float64: false, reference: () => [13, 20, 18] }))
})
