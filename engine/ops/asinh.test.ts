// Tests of Asinh.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { asinh } from './asinh.ts'

describe('Asinh', () => {
  it('agrees with its reference, with differences and with a symbolic batch', () =>
    checkOp({ build: (x) => asinh(x), inputs: [{ shape: [3, 4], range: [-2, 2] }], reference: (x) => x.map(Math.asinh), batch: [0], second: true, float64: false }))
})
