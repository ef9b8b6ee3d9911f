// Tests of Ceil.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { ceil } from './ceil.ts'

describe('Ceil', () => {
  it('agrees with its reference, with differences and with a symbolic batch', () =>
    checkOp({ build: (x) => ceil(x), inputs: [{ shape: [3, 4], range: [-2, 2] }], reference: (x) => x.map(Math.ceil), batch: [0], wrt: [] }))
})
