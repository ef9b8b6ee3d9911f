// Tests of Tan.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { tan } from './tan.ts'

describe('Tan', () => {
  it('agrees with its reference, with differences and with a symbolic batch', () =>
    checkOp({ build: (x) => tan(x), inputs: [{ shape: [3, 4], range: [-1, 1] }], reference: (x) => x.map(Math.tan), batch: [0], second: true, float64: false }))
})
