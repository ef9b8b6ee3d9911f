// Tests of LogSoftmax.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { logSoftmax } from './log_softmax.ts'

const rows = (x: number[], n: number): number[][] => Array.from({ length: x.length / n }, (_, i) => x.slice(i * n, i * n + n))
const logSoftmaxOf = (v: number[]): number[] => {
  const most = Math.max(...v)
  const log = Math.log(v.reduce((a, b) => a + Math.exp(b - most), 0)) + most
  return v.map((u) => u - log)
}

describe('LogSoftmax', () => {
  it('agrees over the last axis', () => checkOp({ build: (x) => logSoftmax(x), inputs: [{ shape: [3, 4] }], batch: [0], second: true, reference: (x) => rows(x, 4).flatMap(logSoftmaxOf) }))
  it('runs over another axis', () => checkOp({ build: (x) => logSoftmax(x, 1), inputs: [{ shape: [2, 3, 2] }] }))
  it('stays finite for large inputs', () => checkOp({ build: (x) => logSoftmax(x), inputs: [{ shape: [1, 3], values: [1000, 999, -1000] }], reference: (x) => logSoftmaxOf(x), wrt: [] }))
})
