// Tests of Col2Im.
import { describe, expect, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { Graph } from '../graph/graph.ts'
import { col2im } from './col2im.ts'

describe('Col2Im', () => {
  it('puts columns side by side', () => checkOp({ build: (x) => col2im(x, [2, 4], [2, 2], { strides: 2 }), inputs: [{ shape: [1, 4, 2], values: [1, 2, 3, 4, 5, 6, 7, 8] }], batch: [0], float64: false, reference: () => [1, 3, 2, 4, 5, 7, 6, 8] }))
  it('adds where windows overlap', () => checkOp({ build: (x) => col2im(x, [1, 3], [1, 2]), inputs: [{ shape: [1, 2, 2], values: [1, 2, 3, 4] }], float64: false, reference: () => [1, 3 + 2, 4] }))
  it.each([{ strides: 2, pads: 1, windows: 9 }, { dilations: 2, windows: 9 }])('takes channels and %s', ({ windows, ...options }) => checkOp({ build: (x) => col2im(x, [5, 5], 'dilations' in options ? [2, 2] : [3, 3], options), inputs: [{ shape: [2, 2 * ('dilations' in options ? 4 : 9), windows] }], batch: [0], float64: false }))
  it('names what does not fit', () => {
    expect(() => col2im(new Graph('t').input('x', 'float32', ['N', 4, 5]), [3, 3], [2, 2])).toThrow('Col2Im: columns [N, 4, 5], expected a multiple of 4 rows and 4 windows')
  })
})
