// Tests of IsInf.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { isInf } from './is_inf.ts'

describe('IsInf', () => {
  const x = { shape: [2, 2], values: [Infinity, -Infinity, NaN, 3] }
  it('finds both infinities', () => checkOp({ build: (v) => isInf(v), inputs: [x], wrt: [], batch: [0], reference: () => [1, 1, 0, 0] }))
  it('finds one', () => checkOp({ build: (v) => [isInf(v, { negative: false }), isInf(v, { positive: false })], inputs: [x], wrt: [], reference: () => [[1, 0, 0, 0], [0, 1, 0, 0]] }))
})
