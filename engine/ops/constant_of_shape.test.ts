// Tests of ConstantOfShape.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { constantOfShape, fullLike } from './constant_of_shape.ts'

describe('ConstantOfShape', () => {
  it('fills', () => checkOp({ build: (x) => constantOfShape(x.graph.ints([2, 3]), 1.5), inputs: [{ shape: [1] }], wrt: [], reference: () => new Array<number>(6).fill(1.5) }))
  it('follows a symbolic shape', () => checkOp({ build: (x) => fullLike(x, 2), inputs: [{ shape: [3, 2] }], wrt: [], batch: [0], reference: (x) => x.map(() => 2) }))
})
