// Tests of TopK.
import { describe, expect, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { TopK, topK } from './top_k.ts'
import { Graph } from '../graph/graph.ts'
import { apply } from '../graph/op.ts'

describe('TopK', () => {
  const values = [3, 1, 4, -2, 0, 9, 2.5, -5]
  it('takes the largest of each row', () => checkOp({ build: (x) => topK(x, 2), inputs: [{ shape: [2, 4], values }], batch: [0], reference: () => [[4, 3, 9, 2.5], [2, 0, 1, 2]] }))
  it('takes the smallest of each column', () => checkOp({ build: (x) => topK(x, 1, 0, false), inputs: [{ shape: [2, 4], values }], reference: () => [[0, 1, 2.5, -5], [1, 0, 1, 1]] }))
  it('gives the gradient back to where the elements were', () => checkOp({ build: (x) => topK(x, 2, 1)[0], inputs: [{ shape: [2, 4, 1], values }], batch: [0] }))
  it('takes a k that is fed', () => checkOp({ build: (x, k) => [...apply(TopK, [x, k], {})], inputs: [{ shape: [2, 4], values }, { shape: [1], dtype: 'int64', values: [3] }], dynamic: true, reference: () => [[4, 3, 1, 9, 2.5, 0], [2, 0, 1, 1, 2, 0]] }))
  it('refuses more than there is', () => {
    expect(() => topK(new Graph('t').input('x', 'float32', ['N', 4]), 5)).toThrow('TopK: k = 5 of the 4 elements along axis 1 of [N, 4]')
  })
})
