// Tests of LayerNormalization.
import { describe, expect, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { Graph } from '../graph/graph.ts'
import { apply } from '../graph/op.ts'
import { LayerNormalization, layerNormalization } from './layer_normalization.ts'

const at = (v: readonly number[], i: number): number => v[i] ?? NaN
function scores(row: readonly number[], epsilon: number): { y: number[]; mean: number; inverse: number } {
  const mean = row.reduce((a, b) => a + b, 0) / row.length
  const inverse = 1 / Math.sqrt(row.reduce((a, b) => a + (b - mean) ** 2, 0) / row.length + epsilon)
  return { y: row.map((v) => (v - mean) * inverse), mean, inverse }
}
const rows = (x: readonly number[], n: number): number[][] => Array.from({ length: x.length / n }, (_, i) => x.slice(i * n, i * n + n))

describe('LayerNormalization', () => {
  it('normalises the last axis; second derivatives', () =>
    checkOp({
      build: (x, s, b) => layerNormalization(x, s, b),
      inputs: [{ shape: [2, 3, 4] }, { shape: [4] }, { shape: [4] }],
      batch: [0],
      second: true,
      tolerance: 1e-5,
      reference: (x, s, b) => rows(x, 4).flatMap((r) => scores(r, 1e-5).y.map((v, i) => v * at(s, i) + at(b, i))),
    }))
  it('normalises from an earlier axis on, without a shift', () =>
    checkOp({
      build: (x, s) => layerNormalization(x, s, null, { axis: 1, epsilon: 0.1 }),
      inputs: [{ shape: [2, 3, 2] }, { shape: [3, 2] }],
      batch: [0],
      reference: (x, s) => rows(x, 6).flatMap((r) => scores(r, 0.1).y.map((v, i) => v * at(s, i))),
    }))
  it('gives mean and inverse deviation, with gradients of their own', () =>
    checkOp({
      build: (x, s, b) => apply(LayerNormalization, [x, s, b], { axis: -1 }),
      inputs: [{ shape: [3, 5] }, { shape: [5] }, { shape: [5] }],
      batch: [0],
      float64: false,
      reference: (x, s, b) => {
        const all = rows(x, 5).map((r) => scores(r, 1e-5))
        return [all.flatMap((r) => r.y.map((v, i) => v * at(s, i) + at(b, i))), all.map((r) => r.mean), all.map((r) => r.inverse)]
      },
    }))
  it('takes a scale of one size for all', () => checkOp({ build: (x, s) => layerNormalization(x, s), inputs: [{ shape: [2, 4] }, { shape: [4], values: [1, 2, 3, 4] }] }))
  it('names what does not fit', () => {
    const g = new Graph('t')
    const x = g.input('x', 'float32', ['N', 4])
    expect(() => layerNormalization(x, g.input('s', 'float32', [3]))).toThrow('LayerNormalization: shapes [N, 4] and [3] do not broadcast: 4 against 3')
    expect(() => layerNormalization(x, g.input('u', 'float32', [4]), null, { axis: 2 })).toThrow('axis 2 is outside')
  })
})
