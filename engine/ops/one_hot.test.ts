// Tests of OneHot.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { oneHot } from './one_hot.ts'

describe('OneHot', () => {
  it('marks the index', () => checkOp({ build: (i) => oneHot(i, 3), inputs: [{ shape: [3], dtype: 'int64' as const, values: [0, 2, 5] }], batch: [0], reference: () => [1, 0, 0, 0, 0, 1, 0, 0, 0] }))
  it('marks along the first axis', () => checkOp({ build: (i) => oneHot(i, 2, 0), inputs: [{ shape: [2], dtype: 'int64' as const, values: [0, 1] }], reference: () => [1, 0, 0, 1] }))
})
