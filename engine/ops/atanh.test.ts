// Tests of Atanh.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { atanh } from './atanh.ts'

describe('Atanh', () => {
  it('agrees with its reference, with differences and with a symbolic batch', () =>
    checkOp({ build: (x) => atanh(x), inputs: [{ shape: [3, 4], range: [-0.7, 0.7] }], reference: (x) => x.map(Math.atanh), batch: [0], second: true, float64: false }))
})
