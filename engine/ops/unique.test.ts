// Tests of Unique.
import { describe, expect, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { unique } from './unique.ts'
import { gradients } from '../autodiff/gradients.ts'
import { Graph } from '../graph/graph.ts'

describe('Unique', () => {
  const values = [2, 1, 2, 5, 1, 2]
  it('finds elements', () => checkOp({ build: (x) => Object.values(unique(x)), inputs: [{ shape: [6], values }], wrt: [], dynamic: true, reference: () => [[1, 2, 5], [1, 0, 3], [1, 0, 1, 2, 0, 1], [2, 3, 1]] }))
  it('finds elements of a matrix', () => checkOp({ build: (x) => Object.values(unique(x)), inputs: [{ shape: [2, 3], dtype: 'int64', values }], batch: [0], dynamic: true, reference: () => [[1, 2, 5], [1, 0, 3], [1, 0, 1, 2, 0, 1], [2, 3, 1]] }))
  it('finds rows and columns', () => checkOp({ build: (x) => [...Object.values(unique(x, 0)), unique(x, 1).values], inputs: [{ shape: [3, 2], values: [2, 1, 0, 3, 2, 1] }], wrt: [], dynamic: true, reference: () => [[0, 3, 2, 1], [1, 0], [1, 0, 1], [1, 2], [1, 2, 3, 0, 1, 2]] }))
  it('writes only what is used', () => checkOp({ build: (x) => unique(x).counts, inputs: [{ shape: [6], values }], wrt: [], dynamic: true, reference: () => [2, 3, 1] }))
  it('has no gradient', () => {
    const x = new Graph('t').input('x', 'float32', [3])
    expect(() => gradients(unique(x).values, [x])).toThrow('Unique: no gradient can be taken through this operator')
  })
})
