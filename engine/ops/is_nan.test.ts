// Tests of IsNaN.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { isNaN } from './is_nan.ts'

describe('IsNaN', () => {
  it('finds what is not a number', () => checkOp({ build: (x) => isNaN(x), inputs: [{ shape: [2, 2], values: [NaN, 0, Infinity, -1] }], wrt: [], batch: [0], reference: () => [1, 0, 0, 0] }))
})
