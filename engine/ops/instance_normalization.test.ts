// Tests of InstanceNormalization.
import { describe, expect, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { Graph } from '../graph/graph.ts'
import { instanceNormalization } from './instance_normalization.ts'

const rows = (x: readonly number[], n: number): number[][] => Array.from({ length: x.length / n }, (_, i) => x.slice(i * n, i * n + n))
const scores = (r: readonly number[], epsilon: number): number[] => {
  const mean = r.reduce((a, b) => a + b, 0) / r.length
  return r.map((v) => (v - mean) / Math.sqrt(r.reduce((a, b) => a + (b - mean) ** 2, 0) / r.length + epsilon))
}

describe('InstanceNormalization', () => {
  it('normalises each channel of each sample', () =>
    checkOp({ build: (x, s, b) => instanceNormalization(x, s, b), inputs: [{ shape: [2, 3, 2, 2] }, { shape: [3] }, { shape: [3] }], batch: [0], float64: false, reference: (x, s, b) => rows(x, 4).flatMap((r, k) => scores(r, 1e-5).map((v) => v * (s[k % 3] ?? NaN) + (b[k % 3] ?? NaN))) }))
  it('has second derivatives', () => checkOp({ build: (x, s, b) => instanceNormalization(x, s, b, 0.5), inputs: [{ shape: [1, 2, 5] }, { shape: [2] }, { shape: [2] }], float64: false, second: true, tolerance: 2e-2 }))
  it('names what does not fit', () => {
    const g = new Graph('t')
    const c = g.input('c', 'float32', [2])
    expect(() => instanceNormalization(g.input('x', 'float32', ['N', 3, 4]), c, c)).toThrow('InstanceNormalization: scale [2], expected [3] for input [N, 3, 4]')
  })
})
