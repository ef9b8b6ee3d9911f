// Tests of NonZero.
import { describe, expect, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { nonZero } from './non_zero.ts'
import { Graph } from '../graph/graph.ts'

describe('NonZero', () => {
  const values = [0, 2, 0, -1, 0, 3]
  it('finds what is not zero', () => checkOp({ build: (x) => nonZero(x), inputs: [{ shape: [2, 3], values }], wrt: [], dynamic: true, reference: () => [0, 1, 1, 1, 0, 2] }))
  it('finds nothing', () => checkOp({ build: (x) => nonZero(x), inputs: [{ shape: [3], dtype: 'bool', values: [0, 0, 0] }], dynamic: true, reference: () => [] }))
  it('has one size for one question', () => {
    const g = new Graph('t')
    const [x, y] = [g.input('x', 'float32', [4]), g.input('y', 'float32', [4])]
    expect(nonZero(x).shape).toEqual(nonZero(x).shape)
    expect(nonZero(x).shape).not.toEqual(nonZero(y).shape)
  })
})
