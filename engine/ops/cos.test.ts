// Tests of Cos.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { cos } from './cos.ts'

describe('Cos', () => {
  it('agrees with its reference, with differences and with a symbolic batch', () =>
    checkOp({ build: (x) => cos(x), inputs: [{ shape: [3, 4], range: [-2, 2] }], reference: (x) => x.map(Math.cos), batch: [0], second: true }))
})
