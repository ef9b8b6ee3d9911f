// Tests of Log.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { log } from './log.ts'

describe('Log', () => {
  it('agrees with its reference, with differences and with a symbolic batch', () =>
    checkOp({ build: (x) => log(x), inputs: [{ shape: [3, 4], range: [0.3, 3] }], reference: (x) => x.map(Math.log), batch: [0], second: true }))
})
