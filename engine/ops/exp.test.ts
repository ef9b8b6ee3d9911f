// Tests of Exp.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { exp } from './exp.ts'

describe('Exp', () => {
  it('agrees with its reference, with differences and with a symbolic batch', () =>
    checkOp({ build: (x) => exp(x), inputs: [{ shape: [3, 4], range: [-2, 2] }], reference: (x) => x.map(Math.exp), batch: [0], second: true }))
})
