// Tests of Sqrt.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { sqrt } from './sqrt.ts'

describe('Sqrt', () => {
  it('agrees with its reference, with differences and with a symbolic batch', () =>
    checkOp({ build: (x) => sqrt(x), inputs: [{ shape: [3, 4], range: [0.3, 3] }], reference: (x) => x.map(Math.sqrt), batch: [0], second: true }))
})
