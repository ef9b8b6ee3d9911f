// Tests of Softsign.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { softsign } from './softsign.ts'

describe('Softsign', () => {
  it('agrees with its reference, with differences and with a symbolic batch', () =>
    checkOp({ build: (x) => softsign(x), inputs: [{ shape: [3, 4], range: [-3, 3], avoid: [0] }], reference: (x) => x.map((v) => v / (1 + Math.abs(v))), batch: [0], second: true }))
})
