// Tests of LpPool.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { lpPool } from './lp_pool.ts'

/** Windows of 2×2 side by side in a row of 2 by w. */
const pairs = (x: readonly number[], w: number, p: number): number[] => Array.from({ length: w / 2 }, (_, i) => [x[2 * i], x[2 * i + 1], x[w + 2 * i], x[w + 2 * i + 1]].reduce<number>((a, v) => a + Math.abs(v ?? NaN) ** p, 0) ** (1 / p))

describe('LpPool', () => {
  it.each([1, 2, 3])('takes the %i-norm', (p) => checkOp({ build: (x) => lpPool(x, { kernel: [2, 2], p }), inputs: [{ shape: [1, 1, 2, 6], avoid: [0] }], batch: [0], float64: false, reference: (x) => pairs(x, 6, p) }))
  it('overlaps, with pads', () => checkOp({ build: (x) => lpPool(x, { kernel: [3, 3], strides: 2, pads: 1 }), inputs: [{ shape: [2, 2, 5, 5], avoid: [0] }], batch: [0], float64: false }))
  it('has one spatial axis and second derivatives', () => checkOp({ build: (x) => lpPool(x, { kernel: [2], strides: 1 }), inputs: [{ shape: [1, 2, 5], avoid: [0] }], float64: false, second: true, tolerance: 2e-2 }))
  it('gives no gradient, rather than NaN, to a window of zeros', () => checkOp({ build: (x) => lpPool(x, { kernel: [2], p: 4 }), inputs: [{ shape: [1, 1, 2], values: [0, 0] }], float64: false, reference: () => [0] }))
})
