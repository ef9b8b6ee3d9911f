// Tests of GlobalLpPool.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { globalLpPool } from './global_lp_pool.ts'

const norm = (v: readonly number[], p: number): number => v.reduce((a, b) => a + Math.abs(b) ** p, 0) ** (1 / p)

describe('GlobalLpPool', () => {
  it.each([1, 2, 3])('takes the %i-norm', (p) => checkOp({ build: (x) => globalLpPool(x, p), inputs: [{ shape: [2, 2, 2, 2], avoid: [0] }], batch: [0], float64: false, reference: (x) => [0, 1, 2, 3].map((i) => norm(x.slice(4 * i, 4 * i + 4), p)) }))
  it('has second derivatives', () => checkOp({ build: (x) => globalLpPool(x), inputs: [{ shape: [1, 2, 3], avoid: [0] }], float64: false, second: true, tolerance: 2e-2 }))
})
