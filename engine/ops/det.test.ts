// Tests of Det.
import { describe, expect, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { Graph } from '../graph/graph.ts'
import { det } from './det.ts'

/** Along the first row (Laplace). */
function laplace(m: readonly (readonly number[])[]): number {
  if (m.length === 0) return 1
  return (m[0] ?? []).reduce((sum, v, j) => sum + (j % 2 === 0 ? v : -v) * laplace(m.slice(1).map((r) => r.filter((_, c) => c !== j))), 0)
}
const matrices = (x: readonly number[], n: number): number[][][] => Array.from({ length: x.length / (n * n) }, (_, k) => Array.from({ length: n }, (_, i) => x.slice((k * n + i) * n, (k * n + i + 1) * n)))

describe('Det', () => {
  it.each([2, 3, 4])('of %i by %i', (n) => checkOp({ build: det, inputs: [{ shape: [2, n, n] }], batch: [0], float64: false, second: n < 4, tolerance: 2e-2, reference: (x) => matrices(x, n).map(laplace) }))
  it('of one matrix', () => checkOp({ build: det, inputs: [{ shape: [3, 3] }], float64: false, reference: (x) => matrices(x, 3).map(laplace) }))
  it('has the gradient of a singular matrix, which no inverse would give', () => checkOp({ build: det, inputs: [{ shape: [1, 2, 2], values: [1, 2, 2, 4] }], float64: false, reference: () => [0] }))
  it('names what is not square', () => {
    expect(() => det(new Graph('t').input('x', 'float32', ['N', 2, 3]))).toThrow('Det: [N, 2, 3] holds no square matrices')
  })
})
