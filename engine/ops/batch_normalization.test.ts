// Tests of BatchNormalization, inference and training.
import { describe, expect, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { Graph } from '../graph/graph.ts'
import { batchNormalization, batchNormalizationTraining } from './batch_normalization.ts'

const at = (v: readonly number[], i: number): number => v[i] ?? NaN

/** Mean and population variance of each channel of [n, c, hw]. */
function statistics(x: readonly number[], c: number, hw: number): { mean: number[]; variance: number[] } {
  const channel = Array.from({ length: c }, (_, k) => x.filter((_, i) => Math.floor(i / hw) % c === k))
  const mean = channel.map((v) => v.reduce((a, b) => a + b, 0) / v.length)
  return { mean, variance: channel.map((v, k) => v.reduce((a, b) => a + (b - at(mean, k)) ** 2, 0) / v.length) }
}
const normal = (x: readonly number[], c: number, hw: number, s: readonly number[], b: readonly number[], m: readonly number[], v: readonly number[], epsilon = 1e-5): number[] =>
  x.map((value, i) => {
    const k = Math.floor(i / hw) % c
    return ((value - at(m, k)) / Math.sqrt(at(v, k) + epsilon)) * at(s, k) + at(b, k)
  })

describe('BatchNormalization', () => {
  const rest = [{ shape: [3] }, { shape: [3] }, { shape: [3] }, { shape: [3], range: [0.5, 2] as const }]
  it('uses given statistics, with gradients to all inputs; second derivatives', () =>
    checkOp({ build: (x, s, b, m, v) => batchNormalization(x, s, b, m, v), inputs: [{ shape: [2, 3, 2, 2] }, ...rest], batch: [0], second: true, reference: (x, s, b, m, v) => normal(x, 3, 4, s, b, m, v) }))
  it('takes features without spatial axes', () => checkOp({ build: (x, s, b, m, v) => batchNormalization(x, s, b, m, v, 0.1), inputs: [{ shape: [4, 3] }, ...rest], batch: [0], reference: (x, s, b, m, v) => normal(x, 3, 1, s, b, m, v, 0.1) }))

  it('uses and carries on the batch statistics in training', () =>
    checkOp({
      build: (x, s, b, m, v) => {
        const out = batchNormalizationTraining(x, s, b, m, v, { momentum: 0.7 })
        return [out.y, out.runningMean, out.runningVariance]
      },
      inputs: [{ shape: [3, 3, 2, 2] }, ...rest],
      batch: [0],
      second: true,
      reference: (x, s, b, m, v) => {
        const { mean, variance } = statistics(x, 3, 4)
        return [normal(x, 3, 4, s, b, mean, variance), mean.map((u, k) => 0.7 * at(m, k) + 0.3 * u), variance.map((u, k) => 0.7 * at(v, k) + 0.3 * u)]
      },
    }))
  it('trains on features without spatial axes', () =>
    checkOp({ build: (x, s, b, m, v) => batchNormalizationTraining(x, s, b, m, v).y, inputs: [{ shape: [5, 3] }, ...rest], batch: [0], reference: (x, s, b) => normal(x, 3, 1, s, b, statistics(x, 3, 1).mean, statistics(x, 3, 1).variance) }))
  it('has no trouble with a large mean', () =>
    checkOp({ build: (x, s, b, m, v) => batchNormalizationTraining(x, s, b, m, v).y, inputs: [{ shape: [4, 1], values: [100, 101, 102, 103] }, { shape: [1], values: [1] }, { shape: [1], values: [0] }, { shape: [1], values: [0] }, { shape: [1], values: [1] }], wrt: [], reference: () => [-3, -1, 1, 3].map((u) => u / Math.sqrt(5)) }))

  it('names what does not fit', () => {
    const g = new Graph('t')
    const c = g.input('c', 'float32', [3])
    expect(() => batchNormalization(g.input('x', 'float32', ['N', 4, 2, 2]), c, c, c, c)).toThrow('BatchNormalization: scale [3], expected [4] for X [N, 4, 2, 2]')
  })
})
