// Tests of ArgMin.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { argMin } from './arg_min.ts'

describe('ArgMin', () => {
  const values = [4, 1, 1, 2, 0, -1]
  it('names the first of the smallest', () => checkOp({ build: (x) => argMin(x, 1), inputs: [{ shape: [2, 3], values }], wrt: [], batch: [0], reference: () => [1, 2] }))
  it('keeps the axis', () => checkOp({ build: (x) => argMin(x, 0, true), inputs: [{ shape: [2, 3], values }], wrt: [], reference: () => [1, 1, 1] }))
})
