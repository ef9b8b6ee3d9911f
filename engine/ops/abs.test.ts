// Tests of Abs.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { abs } from './abs.ts'

describe('Abs', () => {
  it('agrees with its reference, with differences and with a symbolic batch', () =>
    checkOp({ build: (x) => abs(x), inputs: [{ shape: [3, 4], range: [-2, 2], avoid: [0] }], reference: (x) => x.map(Math.abs), batch: [0] }))
})
