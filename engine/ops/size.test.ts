// Tests of Size.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { size } from './size.ts'
import { cast } from './cast.ts'
import { mul } from './mul.ts'

describe('Size', () => {
  it.each([[[2, 3], 6], [[], 1], [[0, 4], 0]])('counts the elements of %j', (shape, count) => checkOp({ build: (x) => size(x), inputs: [{ shape }], wrt: [], reference: () => [count] }))
  it('follows a symbolic size', () => checkOp({ build: (x) => mul(x, cast(size(x), x.dtype)), inputs: [{ shape: [2, 3] }], batch: [0], reference: (x) => x.map((v) => 6 * v) }))
})
