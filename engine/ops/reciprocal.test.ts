// Tests of Reciprocal.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { reciprocal } from './reciprocal.ts'

describe('Reciprocal', () => {
  it('agrees with its reference, with differences and with a symbolic batch', () =>
    checkOp({ build: (x) => reciprocal(x), inputs: [{ shape: [3, 4], range: [0.5, 3] }], reference: (x) => x.map((v) => 1 / v), batch: [0], second: true }))
})
