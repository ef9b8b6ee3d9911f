// Tests of MaxUnpool.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { maxUnpool } from './max_unpool.ts'

describe('MaxUnpool', () => {
  const indices = { shape: [1, 1, 1, 2], dtype: 'int64' as const, values: [4, 2] }
  it('puts elements at their indices', () => checkOp({ build: (x, i, like) => maxUnpool(x, i, like, { kernel: [2, 2], strides: 2 }), inputs: [{ shape: [1, 1, 1, 2] }, indices, { shape: [1, 1, 2, 4] }], wrt: [0], batch: [0, 1, 2], float64: false, reference: (x) => [0, 0, x[1], 0, x[0], 0, 0, 0].map((v) => v ?? NaN) }))
})
