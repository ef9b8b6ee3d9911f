// Tests of Floor.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { floor } from './floor.ts'

describe('Floor', () => {
  it('agrees with its reference, with differences and with a symbolic batch', () =>
    checkOp({ build: (x) => floor(x), inputs: [{ shape: [3, 4], range: [-2, 2] }], reference: (x) => x.map(Math.floor), batch: [0], wrt: [] }))
})
