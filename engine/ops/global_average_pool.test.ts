// Tests of GlobalAveragePool.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { globalAveragePool } from './global_average_pool.ts'

describe('GlobalAveragePool', () => {
  const fold = (v: number[]) => v.reduce((a, b) => a + b, 0) / v.length
  it('agrees', () => checkOp({ build: (x) => globalAveragePool(x), inputs: [{ shape: [2, 3, 2, 2] }], batch: [0], float64: false, reference: (x) => Array.from({ length: 6 }, (_, i) => fold(x.slice(4 * i, 4 * i + 4))) }))
  it('has any number of spatial axes', () => checkOp({ build: (x) => globalAveragePool(x), inputs: [{ shape: [2, 2, 5] }], batch: [0], float64: false }))
})
