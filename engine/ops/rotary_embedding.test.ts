// Tests of RotaryEmbedding.
import { describe, expect, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { Graph } from '../graph/graph.ts'
import { rotaryEmbedding } from './rotary_embedding.ts'

const angles = (n: number): { cos: number[]; sin: number[] } => ({ cos: Array.from({ length: n }, (_, i) => Math.cos(1 + i)), sin: Array.from({ length: n }, (_, i) => Math.sin(1 + i)) })

/** x [b, h, s, d]; the angle of each batch, place and pair. */
function direct(x: readonly number[], [b, h, s, d]: readonly [number, number, number, number], row: (batch: number, place: number) => number, neighbours: boolean): number[] {
  const out = [...x]
  for (let n = 0; n < b; n++)
    for (let k = 0; k < h; k++)
      for (let p = 0; p < s; p++)
        for (let i = 0; i < d / 2; i++) {
          const start = ((n * h + k) * s + p) * d
          const [first, second] = neighbours ? [start + 2 * i, start + 2 * i + 1] : [start + i, start + i + d / 2]
          const angle = 1 + row(n, p) * (d / 2) + i
          const [u, v] = [x[first] ?? NaN, x[second] ?? NaN]
          out[first] = u * Math.cos(angle) - v * Math.sin(angle)
          out[second] = u * Math.sin(angle) + v * Math.cos(angle)
        }
  return out
}

describe('RotaryEmbedding', () => {
  it.each([false, true])('turns pairs, neighbours: %s', (interleaved) =>
    checkOp({ build: (x, c, s) => rotaryEmbedding(x, c, s, { interleaved }), inputs: [{ shape: [2, 2, 3, 4] }, { shape: [2, 3, 2], values: angles(12).cos }, { shape: [2, 3, 2], values: angles(12).sin }], wrt: [0], batch: [0, 1, 2], float64: false, second: true, tolerance: 2e-2, reference: (x) => direct(x, [2, 2, 3, 4], (n, p) => 3 * n + p, interleaved) }))
  it('looks positions up', () =>
    checkOp({ build: (x, c, s, p) => rotaryEmbedding(x, c, s, { positions: p }), inputs: [{ shape: [1, 2, 3, 4] }, { shape: [5, 2], values: angles(10).cos }, { shape: [5, 2], values: angles(10).sin }, { shape: [1, 3], dtype: 'int64', values: [4, 0, 2] }], wrt: [0], float64: false, reference: (x) => direct(x, [1, 2, 3, 4], (_n, p) => [4, 0, 2][p] ?? NaN, false) }))
  it('takes heads side by side', () =>
    checkOp({ build: (x, c, s) => rotaryEmbedding(x, c, s, { heads: 1 }), inputs: [{ shape: [1, 3, 4] }, { shape: [1, 3, 2], values: angles(6).cos }, { shape: [1, 3, 2], values: angles(6).sin }], wrt: [0], float64: false, reference: (x) => direct(x, [1, 1, 3, 4], (_n, p) => p, false) }))
  it('names what does not fit', () => {
    const g = new Graph('t')
    const c = g.input('c', 'float32', [1, 3, 3])
    expect(() => rotaryEmbedding(g.input('x', 'float32', [1, 2, 3, 4]), c, c)).toThrow('RotaryEmbedding: 3 angles for 4 features, expected 2')
  })
})
