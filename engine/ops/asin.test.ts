// Tests of Asin.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { asin } from './asin.ts'

describe('Asin', () => {
  it('agrees with its reference, with differences and with a symbolic batch', () =>
    checkOp({ build: (x) => asin(x), inputs: [{ shape: [3, 4], range: [-0.8, 0.8] }], reference: (x) => x.map(Math.asin), batch: [0], second: true, float64: false }))
})
