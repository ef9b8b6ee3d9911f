// Tests of QLinearMatMul.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { qlinearMatmul } from './qlinear_matmul.ts'

const scalar = (v: number): { shape: number[]; values: number[] } => ({ shape: [], values: [v] })
const zero = (v: number): { shape: number[]; dtype: 'uint8'; values: number[] } => ({ shape: [], dtype: 'uint8', values: [v] })

describe('QLinearMatMul', () => {
  it('multiplies what the numbers stand for', () =>
    checkOp({
      build: (a, as, az, b, bs, bz, s, z) => qlinearMatmul({ value: a, scale: as, zero: az }, { value: b, scale: bs, zero: bz }, s, z),
      inputs: [{ shape: [2, 3], dtype: 'uint8', values: [208, 236, 0, 3, 214, 255] }, scalar(0.0066), zero(113), { shape: [3, 2], dtype: 'uint8', values: [152, 51, 60, 26, 0, 127] }, scalar(0.00705), zero(114), scalar(0.0107), zero(118)],
      wrt: [],
      batch: [0],
      reference: (a, _as, _az, b) => [0, 1].flatMap((i) => [0, 1].map((j) => Math.min(255, Math.max(0, Math.round(([0, 1, 2].reduce((sum, k) => sum + ((a[3 * i + k] ?? NaN) - 113) * ((b[2 * k + j] ?? NaN) - 114), 0) * 0.0066 * 0.00705) / 0.0107) + 118)))),
    }))
})
