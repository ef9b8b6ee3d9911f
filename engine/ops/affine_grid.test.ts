// Tests of AffineGrid.
import { describe, expect, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { Graph } from '../graph/graph.ts'
import { affineGrid } from './affine_grid.ts'

function direct(theta: readonly number[], h: number, w: number, align: boolean): number[] {
  const place = (i: number, size: number): number => (align ? (2 * i) / (size - 1) - 1 : (2 * i + 1) / size - 1)
  const at = (i: number): number => theta[i] ?? NaN
  return Array.from({ length: theta.length / 6 }, (_, n) => Array.from({ length: h }, (_, i) => Array.from({ length: w }, (_, j) => [0, 3].map((row) => at(6 * n + row) * place(j, w) + at(6 * n + row + 1) * place(i, h) + at(6 * n + row + 2))))).flat(3)
}

describe('AffineGrid', () => {
  it.each([false, true])('maps a plane, corners aligned: %s', (align) => checkOp({ build: (t) => affineGrid(t, [2, 3], align), inputs: [{ shape: [2, 2, 3] }], reference: (t) => direct(t, 2, 3, align), tolerance: 1e-5 }))
  it('maps a space', () => checkOp({ build: (t) => affineGrid(t, [2, 2, 3]), inputs: [{ shape: [1, 3, 4] }], tolerance: 1e-5 }))
  it('names what does not fit', () => {
    expect(() => affineGrid(new Graph('t').input('x', 'float32', [2, 3, 3]), [4, 4])).toThrow('AffineGrid: maps [2, 3, 3] and size [2, 1, 4, 4], expected [N, 2, 3]')
  })
})
