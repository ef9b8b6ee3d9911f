// Tests of Gemm.
import { describe, expect, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { gemm } from './gemm.ts'
import { Graph } from '../graph/graph.ts'

describe('Gemm', () => {
  it.each([
    [false, false],
    [false, true],
    [true, false],
    [true, true],
  ])('transA %s, transB %s', (transA, transB) => checkOp({ build: (a, b, c) => gemm(a, b, c, { transA, transB, alpha: 0.5, beta: 2 }), inputs: [{ shape: transA ? [3, 2] : [2, 3] }, { shape: transB ? [4, 3] : [3, 4] }, { shape: [4] }], second: true, ...(!transA && { batch: [0] }) }))
  it('without C', () => checkOp({ build: (a, b) => gemm(a, b), inputs: [{ shape: [1, 2], values: [1, 2] }, { shape: [2, 1], values: [3, 4] }], reference: () => [11] }))
  it.each([[[2, 1]], [[1, 4]], [[]], [[2, 4]]])('C of %j', (c) => checkOp({ build: (a, b, v) => gemm(a, b, v), inputs: [{ shape: [2, 3] }, { shape: [3, 4] }, { shape: c }] }))
  it('refuses a C that does not broadcast', () => {
    const g = new Graph('t')
    expect(() => gemm(g.input('a', 'float32', [2, 3]), g.input('b', 'float32', [3, 4]), g.input('c', 'float32', [3]))).toThrow('Gemm')
  })
})
