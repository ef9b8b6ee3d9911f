// Tests of GatherND.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { gatherND } from './gather_nd.ts'

describe('GatherND', () => {
  it('takes slices by tuples', () => checkOp({ build: (x, i) => gatherND(x, i), inputs: [{ shape: [2, 3, 2] }, { shape: [3, 2], dtype: 'int64' as const, values: [0, 2, 1, 0, 0, 2] }], batch: [1], reference: (x) => [4, 5, 6, 7, 4, 5].map((i) => x[i] ?? NaN) }))
})
