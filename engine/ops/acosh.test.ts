// Tests of Acosh.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { acosh } from './acosh.ts'

describe('Acosh', () => {
  it('agrees with its reference, with differences and with a symbolic batch', () =>
    checkOp({ build: (x) => acosh(x), inputs: [{ shape: [3, 4], range: [1.5, 3] }], reference: (x) => x.map(Math.acosh), batch: [0], second: true, float64: false }))
})
