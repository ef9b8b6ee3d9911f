// Tests of MatMulInteger.
import { describe, expect, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { Graph } from '../graph/graph.ts'
import { matmulInteger } from './matmul_integer.ts'

const product = (a: readonly number[], b: readonly number[], az: number, bz: number): number[] => [0, 1].flatMap((i) => [0, 1].map((j) => [0, 1, 2].reduce((s, k) => s + ((a[3 * i + k] ?? NaN) - az) * ((b[2 * k + j] ?? NaN) - bz), 0)))
const [a, b] = [[11, 7, 3, 10, 6, 255], [1, 4, 2, 5, 3, 200]]

describe('MatMulInteger', () => {
  it('takes zero points away', () => checkOp({ build: (x, y, p, q) => matmulInteger(x, y, p, q), inputs: [{ shape: [2, 3], dtype: 'uint8', values: a }, { shape: [3, 2], dtype: 'uint8', values: b }, { shape: [], dtype: 'uint8', values: [12] }, { shape: [], dtype: 'uint8', values: [1] }], batch: [0], reference: (x, y) => product(x, y, 12, 1) }))
  it('mixes signs, without zero points', () => checkOp({ build: (x, y) => matmulInteger(x, y), inputs: [{ shape: [2, 3], dtype: 'uint8', values: a }, { shape: [3, 2], dtype: 'int8', values: [1, -4, 2, -5, 3, -6] }], reference: (x, y) => product(x, y, 0, 0) }))
  it('refuses other sizes', () => {
    const g = new Graph('t')
    expect(() => matmulInteger(g.input('a', 'uint8', [2, 3]), g.input('b', 'uint8', [4, 2]))).toThrow('MatMulInteger: [2, 3] times [4, 2]: 3 columns against 4 rows')
  })
})
