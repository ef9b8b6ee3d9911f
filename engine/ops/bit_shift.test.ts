// Tests of BitShift.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { bitShift } from './bit_shift.ts'

describe('BitShift', () => {
  const a = { shape: [2, 2], dtype: 'uint32' as const, values: [16, 4, 1, 9] }
  it('shifts to the left', () => checkOp({ build: (x, y) => bitShift(x, y, 'LEFT'), inputs: [a, { shape: [2, 2], dtype: 'uint32', values: [1, 2, 3, 0] }], batch: [0, 1], reference: () => [32, 16, 8, 9] }))
  it('shifts to the right, broadcasts and takes numbers', () => checkOp({ build: (x, y) => [bitShift(x, y, 'RIGHT'), bitShift(x, 2, 'RIGHT')], inputs: [a, { shape: [2], dtype: 'uint32', values: [1, 3] }], reference: () => [[8, 0, 0, 1], [4, 1, 0, 2]] }))
  it('drops bits shifted out of a byte', () => checkOp({ build: (x) => bitShift(x, 4, 'LEFT'), inputs: [{ shape: [2], dtype: 'uint8', values: [31, 16] }], reference: () => [240, 0] }))
})
