// Tests of Resize.
import { describe, expect, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { resize } from './resize.ts'

describe('Resize', () => {
  it('doubles by the nearest', () => checkOp({ build: (x) => resize(x, { scales: [1, 1, 2, 2] }, { mode: 'nearest', coordinateTransformationMode: 'asymmetric', nearestMode: 'floor' }), inputs: [{ shape: [1, 1, 1, 2], values: [1, 2] }], wrt: [], batch: [0], reference: () => [1, 1, 2, 2, 1, 1, 2, 2] }))
  it('halves by the mean, antialiased', () => checkOp({ build: (x) => resize(x, { sizes: [1, 2] }, { axes: [2, 3], mode: 'linear' }), inputs: [{ shape: [2, 1, 2, 4], values: [1, 3, 5, 7, 1, 3, 5, 7, 0, 0, 2, 2, 0, 0, 2, 2] }], wrt: [], batch: [0], reference: () => [2, 6, 0, 2] }))
  // A triangle of width 8 over eight taps, edge elements repeated outside: (0.125 + 0.375 + 0.625) · 2 · 2 / 4 + 0.875 · 2 / 4.
  it('antialiases when shrinking', () => checkOp({ build: (x) => resize(x, { sizes: [1] }, { axes: [3], antialias: true }), inputs: [{ shape: [1, 1, 1, 4], values: [2, 1, 1, 2] }], wrt: [], batch: [0], reference: () => [1.5625] }))
  it('says that it has no gradient', () => expect(checkOp({ build: (x) => resize(x, { sizes: [2, 2] }), inputs: [{ shape: [4, 4] }], float64: false })).rejects.toThrow('Resize: no gradient can be taken through this operator'))
})
