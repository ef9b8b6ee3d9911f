// Tests of Shrink. ORT's float64 kernel computes in float32, so differences are taken in float32.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { shrink } from './shrink.ts'

describe('Shrink', () => {
  it.each([[0, 0.5], [0.7, 0.7]])('bias %d, lambd %d agrees with its reference, with differences and with a symbolic batch', (bias, lambd) =>
    checkOp({ build: (x) => shrink(x, { bias, lambd }), inputs: [{ shape: [3, 4], range: [-2, 2], avoid: [-lambd, lambd] }], reference: (x) => x.map((v) => (v > lambd ? v - bias : v < -lambd ? v + bias : 0)), batch: [0], float64: false }))
})
