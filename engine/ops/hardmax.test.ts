// Tests of Hardmax.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { hardmax } from './hardmax.ts'

describe('Hardmax', () => {
  const values = [1, 5, 5, 2, 0, -1]
  it('marks the first of the largest', () => checkOp({ build: (x) => hardmax(x), inputs: [{ shape: [2, 3], values }], wrt: [], batch: [0], reference: () => [0, 1, 0, 1, 0, 0] }))
  it('marks along the first axis', () => checkOp({ build: (x) => hardmax(x, 0), inputs: [{ shape: [2, 3], values }], wrt: [], reference: () => [0, 1, 1, 1, 0, 0] }))
})
