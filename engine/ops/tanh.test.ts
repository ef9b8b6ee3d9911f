// Tests of Tanh.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { tanh } from './tanh.ts'

describe('Tanh', () => {
  it('agrees with its reference, with differences and with a symbolic batch', () =>
    checkOp({ build: (x) => tanh(x), inputs: [{ shape: [3, 4], range: [-2, 2] }], reference: (x) => x.map(Math.tanh), batch: [0], second: true }))
})
