// Tests of Selu.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { selu } from './selu.ts'

describe('Selu', () => {
  it('agrees with its reference, with differences and with a symbolic batch', () =>
    checkOp({ build: (x) => selu(x), inputs: [{ shape: [3, 4], range: [-2, 2], avoid: [0] }], reference: (x) => x.map((v) => 1.0507009873554805 * (v > 0 ? v : 1.6732632423543772 * Math.expm1(v))), batch: [0], second: true, float64: false }))
})
