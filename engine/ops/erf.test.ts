// Tests of Erf.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { erf } from './erf.ts'

/** Maclaurin series, enough for |x| ≤ 2. */
function series(x: number): number {
  let term = x
  let sum = x
  for (let n = 1; n < 60; n++) {
    term *= (-x * x) / n
    sum += term / (2 * n + 1)
  }
  return (2 / Math.sqrt(Math.PI)) * sum
}

describe('Erf', () => {
  it('agrees with its series, with differences and with a symbolic batch', () => checkOp({ build: (x) => erf(x), inputs: [{ shape: [3, 4] }], reference: (x) => x.map(series), batch: [0], second: true, float64: false }))
})
