// Tests of Swish.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { swish } from './swish.ts'

describe('Swish', () => {
  it.each([1, 1.7])('alpha %d agrees with its reference, with differences and with a symbolic batch', (alpha) =>
    checkOp({ build: (x) => swish(x, alpha), inputs: [{ shape: [3, 4], range: [-3, 3] }], reference: (x) => x.map((v) => v / (1 + Math.exp(-alpha * v))), batch: [0], second: true }))
})
