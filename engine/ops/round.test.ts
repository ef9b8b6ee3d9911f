// Tests of Round.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { round } from './round.ts'

describe('Round', () => {
  it('agrees with its reference, with differences and with a symbolic batch', () =>
    checkOp({ build: (x) => round(x), inputs: [{ shape: [3, 4], range: [-9, 9] }], reference: (x) => x.map((v) => { const r = Math.round(v); return Math.abs(v % 1) === 0.5 && r % 2 !== 0 ? r - 1 : r }), batch: [0], wrt: [] }))
})
