// Tests of GridSample.
import { describe, expect, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { gradients } from '../autodiff/gradients.ts'
import { Graph } from '../graph/graph.ts'
import { gridSample } from './grid_sample.ts'
import { reduceSum } from './reduce_sum.ts'

/** x [n, c, h, w] and places [n, p, 2], by the definition. */
function direct(x: readonly number[], grid: readonly number[], [n, c, h, w]: readonly [number, number, number, number], p: number, border: boolean, align: boolean): number[] {
  const pixel = (v: number, size: number): number => {
    const at = align ? ((v + 1) / 2) * (size - 1) : ((v + 1) * size - 1) / 2
    return border ? Math.min(size - 1, Math.max(0, at)) : at
  }
  const read = (b: number, k: number, i: number, j: number): number => (i < 0 || j < 0 || i >= h || j >= w ? 0 : (x[((b * c + k) * h + i) * w + j] ?? NaN))
  return Array.from({ length: n }, (_, b) => Array.from({ length: c }, (_, k) => Array.from({ length: p }, (_, q) => {
    const [u, v] = [pixel(grid[(b * p + q) * 2] ?? NaN, w), pixel(grid[(b * p + q) * 2 + 1] ?? NaN, h)]
    const [j, i] = [Math.floor(u), Math.floor(v)]
    return [0, 1].reduce((s, a) => s + [0, 1].reduce((t, d) => t + read(b, k, i + a, j + d) * (a === 1 ? v - i : 1 - v + i) * (d === 1 ? u - j : 1 - u + j), 0), 0)
  }))).flat(2)
}
/** Away from the elements themselves, where the interpolation has kinks, at h = 3, w = 4, inside and outside. */
const places = [-0.9, 0.41, 0.13, -0.15, 0.55, 0.83, -0.37, 0.29, 1.35, -0.45, -0.2, 1.6]

describe('GridSample', () => {
  const inputs = [{ shape: [2, 2, 3, 4] }, { shape: [2, 3, 1, 2], values: places }]
  it.each([
    { padding: 'zeros' as const, alignCorners: false },
    { padding: 'zeros' as const, alignCorners: true },
    { padding: 'border' as const, alignCorners: false },
    { padding: 'border' as const, alignCorners: true },
  ])('interpolates, padding $padding, corners aligned: $alignCorners', ({ padding, alignCorners }) =>
    checkOp({ build: (x, grid) => gridSample(x, grid, { padding, alignCorners }), inputs, batch: [0, 1], reference: (x, grid) => direct(x, grid, [2, 2, 3, 4], 3, padding === 'border', alignCorners) }))
  it('takes the nearest', () => checkOp({ build: (x, grid) => gridSample(x, grid, { mode: 'nearest' }), inputs: [{ shape: [1, 1, 2, 2], values: [1, 2, 3, 4] }, { shape: [1, 1, 3, 2], values: [-0.4, -0.6, 0.5, -0.3, 0.2, 0.7] }], reference: () => [1, 2, 4] }))
  it('names what has no gradient, and what does not fit', () => {
    const g = new Graph('t')
    const x = g.input('x', 'float32', ['N', 1, 4, 4])
    expect(() => gradients(reduceSum(gridSample(x, g.input('g', 'float32', ['N', 2, 2, 2]), { mode: 'cubic' })), [x])).toThrow(`GridSample: no gradient with mode 'cubic'`)
    expect(() => gridSample(x, g.input('h', 'float32', ['N', 2, 2, 3]))).toThrow('GridSample: a grid [N, 2, 2, 3] for X [N, 1, 4, 4], expected [N, …, 2]')
  })
})
