// Tests of Sinh.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { sinh } from './sinh.ts'

describe('Sinh', () => {
  it('agrees with its reference, with differences and with a symbolic batch', () =>
    checkOp({ build: (x) => sinh(x), inputs: [{ shape: [3, 4], range: [-2, 2] }], reference: (x) => x.map(Math.sinh), batch: [0], second: true, float64: false }))
})
