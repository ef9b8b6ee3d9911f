// Tests of Mish.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { mish } from './mish.ts'

describe('Mish', () => {
  it('agrees with its reference, with differences and with a symbolic batch', () =>
    checkOp({ build: (x) => mish(x), inputs: [{ shape: [3, 4], range: [-3, 3] }], reference: (x) => x.map((v) => v * Math.tanh(Math.log1p(Math.exp(v)))), batch: [0], second: true }))
})
