// Tests of ReduceL1.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { reduceL1 } from './reduce_l1.ts'

const rows = (x: number[], n: number): number[][] => Array.from({ length: x.length / n }, (_, i) => x.slice(i * n, i * n + n))
const fold = (v: number[]): number => v.reduce((a, b) => a + Math.abs(b), 0)

describe('ReduceL1', () => {
  it('reduces the last axis', () => checkOp({ build: (x) => reduceL1(x, [-1]), inputs: [{ shape: [3, 4], range: [-2, 2], avoid: [0] }], batch: [0], reference: (x) => rows(x, 4).map(fold) }))
  it('keeps axes', () => checkOp({ build: (x) => reduceL1(x, [1, 2], true), inputs: [{ shape: [2, 3, 2], range: [-2, 2], avoid: [0] }], batch: [0], reference: (x) => rows(x, 6).map(fold) }))
  it('reduces the batch', () => checkOp({ build: (x) => reduceL1(x, [0]), inputs: [{ shape: [3, 1], range: [-2, 2], avoid: [0] }], reference: (x) => [fold(x)] }))
  it('reduces all', () => checkOp({ build: (x) => reduceL1(x), inputs: [{ shape: [2, 3, 2], range: [-2, 2], avoid: [0] }], reference: (x) => [fold(x)] }))
  it('reduces outer axes', () => checkOp({ build: (x) => reduceL1(x, [0, 2, 3]), inputs: [{ shape: [2, 3, 2, 2], range: [-2, 2], avoid: [0] }] }))
})
