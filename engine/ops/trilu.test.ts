// Tests of Trilu.
import { describe, expect, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { trilu } from './trilu.ts'
import { Graph } from '../graph/graph.ts'

describe('Trilu', () => {
  const kept = (x: number[], rows: number, cols: number, keep: (i: number, j: number) => boolean): number[] => x.map((v, e) => (keep(Math.floor((e % (rows * cols)) / cols), e % cols) ? v : 0))

  it('keeps the upper triangle', () => checkOp({ build: (x) => trilu(x), inputs: [{ shape: [2, 3, 4] }], batch: [0], reference: (x) => kept(x, 3, 4, (i, j) => j >= i) }))
  it('keeps the lower triangle', () => checkOp({ build: (x) => trilu(x, { upper: false }), inputs: [{ shape: [4, 3] }], batch: [0], reference: (x) => kept(x, 4, 3, (i, j) => j <= i) }))
  it.each([-2, 1])('moves the diagonal by %i', (k) => checkOp({ build: (x) => [trilu(x, { k }), trilu(x, { upper: false, k })], inputs: [{ shape: [3, 3] }], reference: (x) => [kept(x, 3, 3, (i, j) => j >= i + k), kept(x, 3, 3, (i, j) => j <= i + k)] }))
  it('refuses a vector', () => {
    expect(() => trilu(new Graph('t').input('x', 'float32', [3]))).toThrow('Trilu: input has shape [3], expected at least rank 2')
  })
})
