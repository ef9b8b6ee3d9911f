// Tests of ThresholdedRelu.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { thresholdedRelu } from './thresholded_relu.ts'

describe('ThresholdedRelu', () => {
  it('agrees with its reference, with differences and with a symbolic batch', () =>
    checkOp({ build: (x) => thresholdedRelu(x, 0.8), inputs: [{ shape: [3, 4], range: [-2, 2], avoid: [0.8] }], reference: (x) => x.map((v) => (v > 0.8 ? v : 0)), batch: [0], float64: false }))
})
