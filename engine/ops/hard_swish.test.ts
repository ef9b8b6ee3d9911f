// Tests of HardSwish.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { hardSwish } from './hard_swish.ts'

describe('HardSwish', () => {
  it('agrees with its reference, with differences and with a symbolic batch', () =>
    checkOp({ build: (x) => hardSwish(x), inputs: [{ shape: [3, 8], range: [-5, 5], avoid: [-3, 3] }], reference: (x) => x.map((v) => v * Math.max(0, Math.min(1, v / 6 + 0.5))), batch: [0], second: true }))
})
