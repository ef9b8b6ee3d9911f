// Tests of Sigmoid.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { sigmoid } from './sigmoid.ts'

describe('Sigmoid', () => {
  it('agrees with its reference, with differences and with a symbolic batch', () =>
    checkOp({ build: (x) => sigmoid(x), inputs: [{ shape: [3, 4], range: [-2, 2] }], reference: (x) => x.map((v) => 1 / (1 + Math.exp(-v))), batch: [0], second: true }))
})
