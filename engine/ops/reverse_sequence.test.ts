// Tests of ReverseSequence.
import { describe, expect, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { reverseSequence } from './reverse_sequence.ts'
import { Graph } from '../graph/graph.ts'

describe('ReverseSequence', () => {
  const lengths = { shape: [2], dtype: 'int64' as const, values: [3, 2] }
  it('reverses rows of a batch', () => checkOp({ build: (x, n) => reverseSequence(x, n, true), inputs: [{ shape: [2, 4] }, lengths], batch: [0, 1], reference: (x) => [2, 1, 0, 3, 5, 4, 6, 7].map((i) => x[i] ?? NaN) }))
  it('reverses with time first', () => checkOp({ build: (x, n) => reverseSequence(x, n), inputs: [{ shape: [4, 2, 1] }, lengths], batch: [0], reference: (x) => [4, 3, 2, 1, 0, 5, 6, 7].map((i) => x[i] ?? NaN) }))
  it('refuses lengths that do not fit', () => {
    const g = new Graph('t')
    expect(() => reverseSequence(g.input('x', 'float32', [4, 3]), g.input('n', 'int64', [2]))).toThrow('ReverseSequence: lengths [2] for [4, 3]')
  })
})
