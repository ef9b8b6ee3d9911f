// Tests of RMSNormalization.
import { describe, expect, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { Graph } from '../graph/graph.ts'
import { rmsNormalization } from './rms_normalization.ts'

const rms = (r: readonly number[], epsilon: number): number[] => r.map((v) => v / Math.sqrt(r.reduce((a, b) => a + b * b, 0) / r.length + epsilon))
const rows = (x: readonly number[], n: number): number[][] => Array.from({ length: x.length / n }, (_, i) => x.slice(i * n, i * n + n))

describe('RMSNormalization', () => {
  it('divides by the root mean square of the last axis; second derivatives', () =>
    checkOp({ build: (x, s) => rmsNormalization(x, s), inputs: [{ shape: [2, 3, 4] }, { shape: [4] }], batch: [0], second: true, tolerance: 1e-5, reference: (x, s) => rows(x, 4).flatMap((r) => rms(r, 1e-5).map((v, i) => v * (s[i] ?? NaN))) }))
  it('takes more axes', () => checkOp({ build: (x, s) => rmsNormalization(x, s, { axis: 1, epsilon: 0.1 }), inputs: [{ shape: [2, 3, 2] }, { shape: [3, 2] }], batch: [0], reference: (x, s) => rows(x, 6).flatMap((r) => rms(r, 0.1).map((v, i) => v * (s[i] ?? NaN))) }))
  it('names what does not fit', () => {
    const g = new Graph('t')
    expect(() => rmsNormalization(g.input('x', 'float32', [2, 4]), g.input('s', 'float32', [3]))).toThrow('RMSNormalization: shapes [2, 4] and [3] do not broadcast')
  })
})
