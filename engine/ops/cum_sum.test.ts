// Tests of CumSum.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { cumSum } from './cum_sum.ts'

describe('CumSum', () => {
  it('adds up along the last axis', () => checkOp({ build: (x) => cumSum(x, -1), inputs: [{ shape: [2, 3] }], batch: [0], reference: (x) => x.map((_, i) => x.slice(i - (i % 3), i + 1).reduce((a, b) => a + b, 0)) }))
  it('leaves the element out', () => checkOp({ build: (x) => cumSum(x, 0, { exclusive: true }), inputs: [{ shape: [3] }], batch: [0], reference: (x) => [0, x[0] ?? NaN, (x[0] ?? NaN) + (x[1] ?? NaN)] }))
  it('adds up from the end', () => checkOp({ build: (x) => cumSum(x, 1, { reverse: true }), inputs: [{ shape: [2, 2, 2], values: [1, 2, 3, 4, 5, 6, 7, 8] }], batch: [0], reference: () => [4, 6, 3, 4, 12, 14, 7, 8] }))
  it('from the end without the element', () => checkOp({ build: (x) => cumSum(x, 0, { reverse: true, exclusive: true }), inputs: [{ shape: [3, 2] }] }))
})
