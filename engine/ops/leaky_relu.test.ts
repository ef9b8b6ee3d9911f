// Tests of LeakyRelu.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { leakyRelu } from './leaky_relu.ts'

describe('LeakyRelu', () => {
  it('agrees with its reference, with differences and with a symbolic batch', () =>
    checkOp({ build: (x) => leakyRelu(x, 0.2), inputs: [{ shape: [3, 4], range: [-2, 2], avoid: [0] }], reference: (x) => x.map((v) => (v > 0 ? v : 0.2 * v)), batch: [0], float64: false }))
})
