// Tests of Atan.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { atan } from './atan.ts'

describe('Atan', () => {
  it('agrees with its reference, with differences and with a symbolic batch', () =>
    checkOp({ build: (x) => atan(x), inputs: [{ shape: [3, 4], range: [-2, 2] }], reference: (x) => x.map(Math.atan), batch: [0], second: true, float64: false }))
})
