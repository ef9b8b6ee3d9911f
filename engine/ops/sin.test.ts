// Tests of Sin.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { sin } from './sin.ts'

describe('Sin', () => {
  it('agrees with its reference, with differences and with a symbolic batch', () =>
    checkOp({ build: (x) => sin(x), inputs: [{ shape: [3, 4], range: [-2, 2] }], reference: (x) => x.map(Math.sin), batch: [0], second: true }))
})
