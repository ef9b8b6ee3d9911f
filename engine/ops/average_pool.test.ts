// Tests of AveragePool.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { averagePool } from './average_pool.ts'

describe('AveragePool', () => {
  it.each([
    { shape: [2, 2, 4, 6], options: { kernel: [2, 2] } },
    { shape: [1, 2, 5, 5], options: { kernel: [3, 3], strides: 2, pads: 1 } },
    { shape: [1, 2, 5, 5], options: { kernel: [3, 3], strides: 1, pads: 1, countIncludePad: true } },
    { shape: [2, 3, 7], options: { kernel: [3], strides: 2 } },
    { shape: [1, 2, 3, 5, 4], options: { kernel: [2, 3, 2], strides: [1, 2, 1], pads: 1 } },
  ])('x $shape, $options', ({ shape, options }) => checkOp({ build: (x) => averagePool(x, options), inputs: [{ shape }], batch: [0], float64: false }))
  it('takes the mean', () => checkOp({ build: (x) => averagePool(x, { kernel: [2, 2] }), inputs: [{ shape: [1, 1, 2, 2], values: [1, 2, 3, 6] }], float64: false, reference: () => [3] }))
})
