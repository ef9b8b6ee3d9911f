// Tests of ArgMax.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { argMax } from './arg_max.ts'

describe('ArgMax', () => {
  const values = [1, 5, 5, 2, 0, -1]
  it('names the first of the largest', () => checkOp({ build: (x) => argMax(x, 1), inputs: [{ shape: [2, 3], values }], wrt: [], batch: [0], reference: () => [1, 0] }))
  it('keeps the axis', () => checkOp({ build: (x) => argMax(x, 0, true), inputs: [{ shape: [2, 3], values }], wrt: [], reference: () => [1, 0, 0] }))
})
