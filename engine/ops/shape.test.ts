// Tests of Shape.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { countOf, shape } from './shape.ts'
import { mul } from './mul.ts'

describe('Shape', () => {
  it('gives the sizes', () => checkOp({ build: (x) => shape(x), inputs: [{ shape: [2, 3] }], wrt: [], reference: () => [2, 3] }))
  it('counts elements, known or symbolic', () => checkOp({ build: (x) => mul(x, countOf(x, [0, 1])), inputs: [{ shape: [2, 3] }], batch: [0], reference: (x) => x.map((v) => 6 * v) }))
})
