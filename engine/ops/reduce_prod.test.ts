// Tests of ReduceProd.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { reduceProd } from './reduce_prod.ts'

const rows = (x: number[], n: number): number[][] => Array.from({ length: x.length / n }, (_, i) => x.slice(i * n, i * n + n))
const fold = (v: number[]): number => v.reduce((a, b) => a * b, 1)

describe('ReduceProd', () => {
  it('reduces the last axis', () => checkOp({ build: (x) => reduceProd(x, [-1]), inputs: [{ shape: [3, 4], range: [0.5, 1.5] }], batch: [0], reference: (x) => rows(x, 4).map(fold), second: true }))
  it('keeps axes', () => checkOp({ build: (x) => reduceProd(x, [1, 2], true), inputs: [{ shape: [2, 3, 2], range: [0.5, 1.5] }], batch: [0], reference: (x) => rows(x, 6).map(fold) }))
  it('reduces the batch', () => checkOp({ build: (x) => reduceProd(x, [0]), inputs: [{ shape: [3, 1], range: [0.5, 1.5] }], reference: (x) => [fold(x)] }))
  it('reduces all', () => checkOp({ build: (x) => reduceProd(x), inputs: [{ shape: [2, 3, 2], range: [0.5, 1.5] }], reference: (x) => [fold(x)] }))
  it('reduces outer axes', () => checkOp({ build: (x) => reduceProd(x, [0, 2, 3]), inputs: [{ shape: [2, 3, 2, 2], range: [0.5, 1.5] }] }))

  it.each([[[2, 0, 3, 4]], [[0, 0, 3, 4]]])('gives each the product of the others at zeros: %j', (values) => checkOp({ build: (x) => reduceProd(x, [0]), inputs: [{ shape: [4], values }] }))
})
