// Tests of Sign.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { sign } from './sign.ts'

describe('Sign', () => {
  it('agrees with its reference, with differences and with a symbolic batch', () =>
    checkOp({ build: (x) => sign(x), inputs: [{ shape: [3, 4], range: [-2, 2] }], reference: (x) => x.map(Math.sign), batch: [0], wrt: [] }))
})
