// Tests of Cosh.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { cosh } from './cosh.ts'

describe('Cosh', () => {
  it('agrees with its reference, with differences and with a symbolic batch', () =>
    checkOp({ build: (x) => cosh(x), inputs: [{ shape: [3, 4], range: [-2, 2] }], reference: (x) => x.map(Math.cosh), batch: [0], second: true, float64: false }))
})
