// Tests of Softmax.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { softmax } from './softmax.ts'

const rows = (x: number[], n: number): number[][] => Array.from({ length: x.length / n }, (_, i) => x.slice(i * n, i * n + n))
const softmaxOf = (v: number[]): number[] => {
  const e = v.map((u) => Math.exp(u - Math.max(...v)))
  const sum = e.reduce((a, b) => a + b, 0)
  return e.map((u) => u / sum)
}

describe('Softmax', () => {
  it('agrees over the last axis', () => checkOp({ build: (x) => softmax(x), inputs: [{ shape: [3, 4] }], batch: [0], second: true, reference: (x) => rows(x, 4).flatMap(softmaxOf) }))
  it('runs over another axis', () => checkOp({ build: (x) => softmax(x, 1), inputs: [{ shape: [2, 3, 2] }] }))
  it('stays finite for large inputs', () => checkOp({ build: (x) => softmax(x), inputs: [{ shape: [1, 3], values: [1000, 999, -1000] }], reference: (x) => softmaxOf(x), wrt: [] }))
})
