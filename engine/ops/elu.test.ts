// Tests of Elu.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { elu } from './elu.ts'

describe('Elu', () => {
  it('agrees with its reference, with differences and with a symbolic batch', () =>
    checkOp({ build: (x) => elu(x, 0.7), inputs: [{ shape: [3, 4], range: [-2, 2], avoid: [0] }], reference: (x) => x.map((v) => (v > 0 ? v : 0.7 * Math.expm1(v))), batch: [0], second: true, float64: false }))
})
