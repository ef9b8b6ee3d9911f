// Tests of Transpose.
import { describe, expect, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { transpose } from './transpose.ts'
import { Graph } from '../graph/graph.ts'

describe('Transpose', () => {
  it('swaps a matrix', () => checkOp({ build: (x) => transpose(x), inputs: [{ shape: [2, 3] }], batch: [0], reference: (x) => [0, 3, 1, 4, 2, 5].map((i) => x[i] ?? NaN) }))
  it('takes any order', () => checkOp({ build: (x) => transpose(x, [2, 0, 3, 1]), inputs: [{ shape: [2, 3, 4, 2] }], batch: [0] }))
  it('moves axes of size 1 without a copy', async () => {
    await checkOp({ build: (x) => transpose(x, [0, 3, 1, 2]), inputs: [{ shape: [2, 3, 2, 1] }], batch: [0], reference: (x) => x })
    await checkOp({ build: (x) => transpose(x, [1, 0, 2]), inputs: [{ shape: [2, 1, 3] }], batch: [0], reference: (x) => x })
    expect(transpose(new Graph('t').input('x', 'float32', ['N', 3, 1]), [0, 2, 1]).producer?.op.name).toBe('Reshape')
    expect(transpose(new Graph('t').input('x', 'float32', ['N', 3, 2]), [0, 2, 1]).producer?.op.name).toBe('Transpose')
  })
  it('refuses what is no order', () => {
    expect(() => transpose(new Graph('t').input('x', 'float32', [2, 3]), [0, 0])).toThrow('Transpose: perm [0, 0] is no order')
  })
})
