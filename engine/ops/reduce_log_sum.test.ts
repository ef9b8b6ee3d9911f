// Tests of ReduceLogSum.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { reduceLogSum } from './reduce_log_sum.ts'

const rows = (x: number[], n: number): number[][] => Array.from({ length: x.length / n }, (_, i) => x.slice(i * n, i * n + n))
const fold = (v: number[]): number => Math.log(v.reduce((a, b) => a + b, 0))

describe('ReduceLogSum', () => {
  it('reduces the last axis', () => checkOp({ build: (x) => reduceLogSum(x, [-1]), inputs: [{ shape: [3, 4], range: [0.5, 2] }], batch: [0], reference: (x) => rows(x, 4).map(fold), second: true }))
  it('keeps axes', () => checkOp({ build: (x) => reduceLogSum(x, [1, 2], true), inputs: [{ shape: [2, 3, 2], range: [0.5, 2] }], batch: [0], reference: (x) => rows(x, 6).map(fold) }))
  it('reduces the batch', () => checkOp({ build: (x) => reduceLogSum(x, [0]), inputs: [{ shape: [3, 1], range: [0.5, 2] }], reference: (x) => [fold(x)] }))
  it('reduces all', () => checkOp({ build: (x) => reduceLogSum(x), inputs: [{ shape: [2, 3, 2], range: [0.5, 2] }], reference: (x) => [fold(x)] }))
  it('reduces outer axes', () => checkOp({ build: (x) => reduceLogSum(x, [0, 2, 3]), inputs: [{ shape: [2, 3, 2, 2], range: [0.5, 2] }] }))
})
