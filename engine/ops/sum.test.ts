// Tests of Sum.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { sum } from './sum.ts'

describe('Sum', () => {
  it('agrees with its reference, with differences and with a symbolic batch', () =>
    checkOp({ build: (...xs) => sum(xs), inputs: [{ shape: [2, 3] }, { shape: [2, 3] }, { shape: [2, 3] }], batch: [0, 1, 2], reference: (a, b, c) => a.map((v, i) => (v + (b[i] ?? NaN) + (c[i] ?? NaN))) }))

  it('broadcasts', () => checkOp({ build: (...xs) => sum(xs), inputs: [{ shape: [3] }, { shape: [2, 1, 1] }, { shape: [4, 1] }, { shape: [] }] }))
  it('takes one and the same twice', () => checkOp({ build: (x) => [sum([x]), sum([x, x])], inputs: [{ shape: [3] }], reference: (x) => [x, x.map((v) => v * 2)] }))
})
