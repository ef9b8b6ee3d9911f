// Tests of Celu.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { celu } from './celu.ts'

describe('Celu', () => {
  it('agrees with its reference, with differences and with a symbolic batch', () =>
    checkOp({ build: (x) => celu(x, 1.5), inputs: [{ shape: [3, 4], range: [-2, 2], avoid: [0] }], reference: (x) => x.map((v) => Math.max(v, 0) + Math.min(0, 1.5 * Math.expm1(v / 1.5))), batch: [0], second: true, float64: false }))
})
