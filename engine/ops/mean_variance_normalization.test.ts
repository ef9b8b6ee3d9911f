// Tests of MeanVarianceNormalization.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { meanVarianceNormalization } from './mean_variance_normalization.ts'

const scores = (r: readonly number[]): number[] => {
  const mean = r.reduce((a, b) => a + b, 0) / r.length
  const deviation = Math.sqrt(r.reduce((a, b) => a + (b - mean) ** 2, 0) / r.length)
  return r.map((v) => (v - mean) / deviation)
}

describe('MeanVarianceNormalization', () => {
  it('normalises rows', () => checkOp({ build: (x) => meanVarianceNormalization(x, [1]), inputs: [{ shape: [2, 4] }], batch: [0], float64: false, reference: (x) => [...scores(x.slice(0, 4)), ...scores(x.slice(4))] }))
  it('normalises channels over batch and space', () => checkOp({ build: (x) => meanVarianceNormalization(x), inputs: [{ shape: [2, 2, 2, 2] }], batch: [0], float64: false, second: true, tolerance: 2e-2, reference: (x) => {
    const channel = (k: number): number[] => scores(x.filter((_, i) => Math.floor(i / 4) % 2 === k))
    const [a, b] = [channel(0), channel(1)]
    return [...a.slice(0, 4), ...b.slice(0, 4), ...a.slice(4), ...b.slice(4)]
  } }))
})
