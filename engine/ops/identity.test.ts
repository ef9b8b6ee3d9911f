// Tests of Identity.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { identity } from './identity.ts'

describe('Identity', () => {
  it('agrees with its reference, with differences and with a symbolic batch', () =>
    checkOp({ build: (x) => identity(x), inputs: [{ shape: [3, 4], range: [-2, 2] }], reference: (x) => x.map((v) => v), batch: [0] }))
})
