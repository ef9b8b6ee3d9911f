// Tests of LpNormalization.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { lpNormalization } from './lp_normalization.ts'

const rows = (x: readonly number[], n: number): number[][] => Array.from({ length: x.length / n }, (_, i) => x.slice(i * n, i * n + n))

describe('LpNormalization', () => {
  it('divides by the length; second derivatives', () => checkOp({ build: (x) => lpNormalization(x), inputs: [{ shape: [3, 4] }], batch: [0], second: true, tolerance: 1e-5, reference: (x) => rows(x, 4).flatMap((r) => r.map((v) => v / Math.hypot(...r))) }))
  it('divides by the sum of absolute values', () => checkOp({ build: (x) => lpNormalization(x, -1, 1), inputs: [{ shape: [3, 4], avoid: [0] }], batch: [0], reference: (x) => rows(x, 4).flatMap((r) => r.map((v) => v / r.reduce((a, b) => a + Math.abs(b), 0))) }))
  it('runs over another axis', () => checkOp({ build: (x) => lpNormalization(x, 0), inputs: [{ shape: [2, 2] }], reference: (x) => x.map((v, i) => v / Math.hypot(x[i % 2] ?? NaN, x[(i % 2) + 2] ?? NaN)) }))
  it('keeps zeros', () => checkOp({ build: (x) => lpNormalization(x), inputs: [{ shape: [1, 2], values: [0, 0] }], wrt: [], reference: () => [0, 0] }))
})
