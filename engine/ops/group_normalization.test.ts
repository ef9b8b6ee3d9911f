// Tests of GroupNormalization.
import { describe, expect, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { Graph } from '../graph/graph.ts'
import { groupNormalization } from './group_normalization.ts'

const rows = (x: readonly number[], n: number): number[][] => Array.from({ length: x.length / n }, (_, i) => x.slice(i * n, i * n + n))
const scores = (r: readonly number[], epsilon: number): number[] => {
  const mean = r.reduce((a, b) => a + b, 0) / r.length
  return r.map((v) => (v - mean) / Math.sqrt(r.reduce((a, b) => a + (b - mean) ** 2, 0) / r.length + epsilon))
}

describe('GroupNormalization', () => {
  it.each([1, 2, 4])('normalises %i groups', (groups) =>
    checkOp({
      build: (x, s, b) => groupNormalization(x, s, b, groups),
      inputs: [{ shape: [2, 4, 2, 3] }, { shape: [4] }, { shape: [4] }],
      batch: [0],
      float64: false,
      reference: (x, s, b) => rows(x, 24 / groups).flatMap((r) => scores(r, 1e-5)).map((v, i) => v * (s[Math.floor(i / 6) % 4] ?? NaN) + (b[Math.floor(i / 6) % 4] ?? NaN)),
    }))
  it('has second derivatives', () => checkOp({ build: (x, s, b) => groupNormalization(x, s, b, 2, 0.5), inputs: [{ shape: [1, 4, 3] }, { shape: [4] }, { shape: [4] }], float64: false, second: true, tolerance: 2e-2 }))
  it('names what does not fit', () => {
    const g = new Graph('t')
    const c = g.input('c', 'float32', [4])
    expect(() => groupNormalization(g.input('x', 'float32', ['N', 4, 4]), c, c, 3)).toThrow('GroupNormalization: 4 channels do not divide into 3 groups')
  })
})
