// Tests of MatMul.
import { describe, expect, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { matmul } from './matmul.ts'
import { Graph } from '../graph/graph.ts'

describe('MatMul', () => {
  it('multiplies matrices', () => checkOp({ build: matmul, inputs: [{ shape: [2, 3] }, { shape: [3, 2] }], batch: [0], second: true, reference: (a, b) => [0, 1].flatMap((i) => [0, 1].map((j) => [0, 1, 2].reduce((s, k) => s + (a[3 * i + k] ?? NaN) * (b[2 * k + j] ?? NaN), 0))) }))
  it('multiplies a batch by one matrix', () => checkOp({ build: matmul, inputs: [{ shape: [2, 2, 3] }, { shape: [3, 4] }], batch: [0] }))
  it('multiplies batch by batch', () => checkOp({ build: matmul, inputs: [{ shape: [2, 2, 3] }, { shape: [2, 3, 2] }], batch: [0, 1] }))
  it('broadcasts the axes before', () => checkOp({ build: matmul, inputs: [{ shape: [2, 1, 2, 3] }, { shape: [3, 3, 2] }] }))
  it('refuses other sizes', () => {
    const g = new Graph('t')
    expect(() => matmul(g.input('a', 'float32', [2, 3]), g.input('b', 'float32', [4, 2]))).toThrow('MatMul: [2, 3] times [4, 2]: 3 columns against 4 rows')
  })
})
