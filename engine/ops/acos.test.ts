// Tests of Acos.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { acos } from './acos.ts'

describe('Acos', () => {
  it('agrees with its reference, with differences and with a symbolic batch', () =>
    checkOp({ build: (x) => acos(x), inputs: [{ shape: [3, 4], range: [-0.8, 0.8] }], reference: (x) => x.map(Math.acos), batch: [0], second: true, float64: false }))
})
