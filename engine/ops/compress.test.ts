// Tests of Compress.
import { describe, expect, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { compress } from './compress.ts'
import { Graph } from '../graph/graph.ts'

describe('Compress', () => {
  const some = { shape: [3], dtype: 'bool' as const, values: [1, 0, 1] }
  it('takes rows', () => checkOp({ build: (x, c) => compress(x, c, 0), inputs: [{ shape: [3, 2] }, some], dynamic: true, reference: (x) => [0, 1, 4, 5].map((i) => x[i] ?? NaN) }))
  it('takes columns', () => checkOp({ build: (x, c) => compress(x, c, -1), inputs: [{ shape: [2, 1, 3] }, some], batch: [0], dynamic: true, reference: (x) => [0, 2, 3, 5].map((i) => x[i] ?? NaN) }))
  it('takes elements, the condition shorter than they are', () => checkOp({ build: (x, c) => compress(x, c), inputs: [{ shape: [2, 2] }, some], dynamic: true, reference: (x) => [0, 2].map((i) => x[i] ?? NaN) }))
  it('takes none', () => checkOp({ build: (x, c) => compress(x, c, 0), inputs: [{ shape: [2, 2] }, { shape: [2], dtype: 'bool', values: [0, 0] }], dynamic: true, wrt: [], reference: () => [] }))
  it('knows the size for a constant condition', () => checkOp({ build: (x) => compress(x, x.graph.constant(Uint8Array.of(1, 0, 1), 'bool', [3]), 1), inputs: [{ shape: [2, 3] }], batch: [0], reference: (x) => [0, 2, 3, 5].map((i) => x[i] ?? NaN) }))
  it('refuses a condition that is too long', () => {
    const g = new Graph('t')
    expect(() => compress(g.input('x', 'float32', [2, 4]), g.input('c', 'bool', [3]), 0)).toThrow('Compress: a condition [3] for 2 slices along axis 0')
  })
})
