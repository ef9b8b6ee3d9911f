// Tests of CastLike.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { castLike } from './cast_like.ts'

describe('CastLike', () => {
  it('takes the type of the other', () => checkOp({ build: (x, like) => [castLike(x, like), x], inputs: [{ shape: [2, 2], values: [1.7, -1.7, 0, 3] }, { shape: [1], dtype: 'int32', values: [0] }], batch: [0], reference: (x) => [[1, -1, 0, 3], x] }))
  it('gives a gradient between floating types', () => checkOp({ build: (x, like) => castLike(x, like), inputs: [{ shape: [2, 2] }, { shape: [3] }], batch: [0], reference: (x) => x }))
})
