// Tests of ReduceLogSumExp.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { reduceLogSumExp } from './reduce_log_sum_exp.ts'

const rows = (x: number[], n: number): number[][] => Array.from({ length: x.length / n }, (_, i) => x.slice(i * n, i * n + n))
const fold = (v: number[]): number => Math.log(v.reduce((a, b) => a + Math.exp(b), 0))

describe('ReduceLogSumExp', () => {
  it('reduces the last axis', () => checkOp({ build: (x) => reduceLogSumExp(x, [-1]), inputs: [{ shape: [3, 4], range: [-2, 2] }], batch: [0], reference: (x) => rows(x, 4).map(fold), second: true }))
  it('keeps axes', () => checkOp({ build: (x) => reduceLogSumExp(x, [1, 2], true), inputs: [{ shape: [2, 3, 2], range: [-2, 2] }], batch: [0], reference: (x) => rows(x, 6).map(fold) }))
  it('reduces the batch', () => checkOp({ build: (x) => reduceLogSumExp(x, [0]), inputs: [{ shape: [3, 1], range: [-2, 2] }], reference: (x) => [fold(x)] }))
  it('reduces all', () => checkOp({ build: (x) => reduceLogSumExp(x), inputs: [{ shape: [2, 3, 2], range: [-2, 2] }], reference: (x) => [fold(x)] }))
  it('reduces outer axes', () => checkOp({ build: (x) => reduceLogSumExp(x, [0, 2, 3]), inputs: [{ shape: [2, 3, 2, 2], range: [-2, 2] }] }))

  it('does not overflow', () => checkOp({ build: (x) => reduceLogSumExp(x, [0]), inputs: [{ shape: [2], values: [200, 200] }], wrt: [], reference: () => [200 + Math.LN2] }))
})
