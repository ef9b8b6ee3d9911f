// Tests of RoiAlign.
import { describe, expect, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { gradients } from '../autodiff/gradients.ts'
import { Graph } from '../graph/graph.ts'
import { reduceSum } from './reduce_sum.ts'
import { roiAlign } from './roi_align.ts'

const regions = { shape: [2, 4], values: [0.5, 0.5, 3.5, 2.5, 1, 1, 3, 3] }
const pictures = { shape: [2], dtype: 'int64' as const, values: [0, 1] }

/** One sample a bin, at its centre. */
function direct(x: readonly number[], rois: readonly number[], size: number, out: number, shift: number): number[] {
  return [0, 1].flatMap((r) => {
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = rois.slice(4 * r, 4 * r + 4).map((v) => v - shift)
    const read = (i: number, j: number): number => x[(r * size + i) * size + j] ?? NaN
    return Array.from({ length: out }, (_, i) => Array.from({ length: out }, (_, j) => {
      const [v, u] = [y1 + ((i + 0.5) * (y2 - y1)) / out, x1 + ((j + 0.5) * (x2 - x1)) / out]
      const [a, b] = [Math.floor(v), Math.floor(u)]
      return read(a, b) * (1 - v + a) * (1 - u + b) + read(a, b + 1) * (1 - v + a) * (u - b) + read(a + 1, b) * (v - a) * (1 - u + b) + read(a + 1, b + 1) * (v - a) * (u - b)
    })).flat()
  })
}

describe('RoiAlign', () => {
  it.each([['half_pixel', 0.5], ['output_half_pixel', 0]] as const)('reads the centres of the bins: %s', (mode, shift) => checkOp({ build: (x, r, p) => roiAlign(x, r, p, { height: 2, width: 2, samples: 1, coordinateTransformationMode: mode }), inputs: [{ shape: [2, 1, 5, 5] }, regions, pictures], wrt: [], batch: [1, 2], reference: (x, r) => direct(x, r, 5, 2, shift) }))
  it('says that it has no gradient, and what does not fit', () => {
    const g = new Graph('t')
    const x = g.input('x', 'float32', ['N', 1, 4, 4])
    const pictures = g.input('p', 'int64', ['R'])
    expect(() => gradients(reduceSum(roiAlign(x, g.input('r', 'float32', ['R', 4]), pictures, { height: 1, width: 1 })), [x])).toThrow('RoiAlign: no gradient can be taken')
    expect(() => roiAlign(x, g.input('s', 'float32', ['R', 5]), pictures, { height: 1, width: 1 })).toThrow('RoiAlign: X [N, 1, 4, 4], regions [R, 5]')
  })
})
