// Tests of QLinearConv.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { qlinearConv } from './qlinear_conv.ts'

const real = (...values: number[]): { shape: number[]; values: number[] } => ({ shape: values.length === 1 ? [] : [values.length], values })
const byte = (...values: number[]): { shape: number[]; dtype: 'uint8'; values: number[] } => ({ shape: values.length === 1 ? [] : [values.length], dtype: 'uint8', values })
const x = { shape: [1, 1, 2, 3], dtype: 'uint8' as const, values: [255, 174, 162, 25, 203, 168] }
const halfToEven = (v: number): number => (Math.abs(v % 1) === 0.5 ? 2 * Math.round(v / 2) : Math.round(v))

describe('QLinearConv', () => {
  it('convolves what the numbers stand for', () =>
    checkOp({
      build: (a, as, az, w, ws, wz, s, z) => qlinearConv({ value: a, scale: as, zero: az }, { value: w, scale: ws, zero: wz }, s, z),
      inputs: [x, real(0.00369), byte(132), { shape: [1, 1, 1, 1], dtype: 'uint8', values: [0] }, real(0.00173), byte(255), real(0.00162), byte(123)],
      wrt: [],
      batch: [0],
      reference: (a) => a.map((v) => Math.min(255, Math.max(0, Math.round(((v - 132) * -255 * 0.00369 * 0.00173) / 0.00162) + 123))),
    }))
  it('takes a scale for each output channel, and a bias', () =>
    checkOp({
      build: (a, as, az, w, ws, wz, s, z, b) => qlinearConv({ value: a, scale: as, zero: az }, { value: w, scale: ws, zero: wz }, s, z, b),
      inputs: [x, real(0.5), byte(100), { shape: [2, 1, 1, 1], dtype: 'uint8', values: [3, 5] }, real(0.25, 0.5), byte(1, 1), real(1), byte(7), { shape: [2], dtype: 'int32', values: [8, -16] }],
      wrt: [],
      reference: (a) => [0, 1].flatMap((o) => a.map((v) => Math.min(255, Math.max(0, halfToEven(((v - 100) * (o === 0 ? 2 : 4) + (o === 0 ? 8 : -16)) * 0.5 * (o === 0 ? 0.25 : 0.5)) + 7)))),
    }))
})
