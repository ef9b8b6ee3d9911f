// Tests of Mean.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { mean } from './mean.ts'

describe('Mean', () => {
  it('agrees with its reference, with differences and with a symbolic batch', () =>
    checkOp({ build: (...xs) => mean(xs), inputs: [{ shape: [2, 3] }, { shape: [2, 3] }, { shape: [2, 3] }], batch: [0, 1, 2], reference: (a, b, c) => a.map((v, i) => (v + (b[i] ?? NaN) + (c[i] ?? NaN)) / 3), float64: false }))

  it('broadcasts', () => checkOp({ build: (...xs) => mean(xs), inputs: [{ shape: [3] }, { shape: [2, 1, 1] }, { shape: [4, 1] }, { shape: [] }], float64: false }))
  it('takes one and the same twice', () => checkOp({ build: (x) => [mean([x]), mean([x, x])], inputs: [{ shape: [3] }], reference: (x) => [x, x.map((v) => v * 1)], float64: false }))
})
