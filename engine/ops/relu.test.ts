// Tests of Relu.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { relu } from './relu.ts'

describe('Relu', () => {
  it('agrees with its reference, with differences and with a symbolic batch', () =>
    checkOp({ build: (x) => relu(x), inputs: [{ shape: [3, 4], range: [-2, 2], avoid: [0] }], reference: (x) => x.map((v) => Math.max(v, 0)), batch: [0] }))
})
