// Tests of Softplus.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { softplus } from './softplus.ts'

describe('Softplus', () => {
  it('agrees with its reference, with differences and with a symbolic batch', () =>
    checkOp({ build: (x) => softplus(x), inputs: [{ shape: [3, 4], range: [-2, 2] }], reference: (x) => x.map((v) => Math.log1p(Math.exp(v))), batch: [0], second: true, float64: false }))
})
