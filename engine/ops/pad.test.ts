// Tests of Pad.
import { describe, expect, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { pad } from './pad.ts'

describe('Pad', () => {
  it('adds zeros', () => checkOp({ build: (x) => pad(x, [0, 1, 0, 2]), inputs: [{ shape: [2, 2] }], batch: [0], reference: (x) => [0, x[0], x[1], 0, 0, 0, x[2], x[3], 0, 0].map((v) => v ?? NaN) }))
  it('adds a value', () => checkOp({ build: (x) => pad(x, [1, 0], 7), inputs: [{ shape: [2] }], reference: (x) => [7, ...x] }))
  it('crops by negative pads', () => checkOp({ build: (x) => pad(x, [0, -1, 1, 0]), inputs: [{ shape: [2, 3] }], reference: (x) => [x[1], x[2], x[4], x[5], 0, 0].map((v) => v ?? NaN) }))
  it('mirrors, without a gradient', async () => {
    await checkOp({ build: (x) => pad(x, [2, 1], 0, 'reflect'), inputs: [{ shape: [3], values: [1, 2, 3] }], wrt: [], reference: () => [3, 2, 1, 2, 3, 2] })
    await expect(checkOp({ build: (x) => pad(x, [2, 1], 0, 'reflect'), inputs: [{ shape: [3] }] })).rejects.toThrow("Pad: no gradient in mode 'reflect'")
  })
})
