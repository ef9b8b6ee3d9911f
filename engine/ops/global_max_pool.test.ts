// Tests of GlobalMaxPool.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { globalMaxPool } from './global_max_pool.ts'

describe('GlobalMaxPool', () => {
  const fold = (v: number[]) => Math.max(...v)
  it('agrees', () => checkOp({ build: (x) => globalMaxPool(x), inputs: [{ shape: [2, 3, 2, 2] }], batch: [0], float64: false, reference: (x) => Array.from({ length: 6 }, (_, i) => fold(x.slice(4 * i, 4 * i + 4))) }))
  it('has any number of spatial axes', () => checkOp({ build: (x) => globalMaxPool(x), inputs: [{ shape: [2, 2, 5] }], batch: [0], float64: false }))
})
