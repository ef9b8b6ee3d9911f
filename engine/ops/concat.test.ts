// Tests of Concat.
import { describe, expect, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { concat } from './concat.ts'
import { Graph } from '../graph/graph.ts'

describe('Concat', () => {
  it('joins columns', () => checkOp({ build: (a, b) => concat([a, b], -1), inputs: [{ shape: [2, 1] }, { shape: [2, 2] }], batch: [0, 1], reference: (a, b) => [a[0], b[0], b[1], a[1], b[2], b[3]].map((v) => v ?? NaN) }))
  it('joins three', () => checkOp({ build: (a, b, c) => concat([a, b, c], 0), inputs: [{ shape: [1, 2] }, { shape: [3, 2] }, { shape: [2, 2] }], reference: (a, b, c) => [...a, ...b, ...c] }))
  it('counts equal symbols', () => {
    const g = new Graph('t')
    const [a, b] = [g.input('a', 'float32', ['N', 3]), g.input('b', 'float32', ['M', 3])]
    expect(concat([a, a, b, a], 0).shape).toEqual(['3*N+M', 3])
  })
  it('refuses other sizes', () => {
    const g = new Graph('t')
    expect(() => concat([g.input('a', 'float32', [2, 3]), g.input('b', 'float32', [3, 3])], 1)).toThrow('Concat: shapes [2, 3] and [3, 3] differ outside axis 1')
  })
})
