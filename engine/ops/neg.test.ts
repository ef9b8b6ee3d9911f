// Tests of Neg.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { neg } from './neg.ts'

describe('Neg', () => {
  it('agrees with its reference, with differences and with a symbolic batch', () =>
    checkOp({ build: (x) => neg(x), inputs: [{ shape: [3, 4], range: [-2, 2] }], reference: (x) => x.map((v) => -v), batch: [0] }))
})
