// Tests of EyeLike.
import { describe, expect, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { eyeLike } from './eye_like.ts'
import { Graph } from '../graph/graph.ts'

describe('EyeLike', () => {
  it('marks the diagonal', () => checkOp({ build: (x) => eyeLike(x), inputs: [{ shape: [2, 3] }], wrt: [], batch: [0], reference: () => [1, 0, 0, 0, 1, 0] }))
  it('marks another in another type', () => checkOp({ build: (x) => [eyeLike(x, { k: 1, dtype: 'int64' }), eyeLike(x, { k: -1, dtype: 'float64' })], inputs: [{ shape: [2, 3] }], wrt: [], reference: () => [[0, 1, 0, 0, 0, 1], [0, 0, 0, 1, 0, 0]] }))
  it('refuses what is no matrix and types without a kernel', () => {
    const g = new Graph('t')
    expect(() => eyeLike(g.input('x', 'float32', [3]))).toThrow('EyeLike: the input has shape [3], expected a matrix')
    expect(() => eyeLike(g.input('y', 'float32', [3, 3]), { dtype: 'bool' })).toThrow('EyeLike: no kernel makes bool')
  })
})
