// Tests of HardSigmoid.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { hardSigmoid } from './hard_sigmoid.ts'

describe('HardSigmoid', () => {
  it('agrees with its reference, with differences and with a symbolic batch', () =>
    checkOp({ build: (x) => hardSigmoid(x, { alpha: 0.4 }), inputs: [{ shape: [3, 4], range: [-2, 2], avoid: [-1.25, 1.25] }], reference: (x) => x.map((v) => Math.min(1, Math.max(0, 0.4 * v + 0.5))), batch: [0], float64: false }))
})
