// Tests of ConvInteger.
import { describe, expect, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { Graph } from '../graph/graph.ts'
import { convInteger } from './conv_integer.ts'

const x = { shape: [1, 1, 3, 3], dtype: 'uint8' as const, values: [2, 3, 4, 5, 6, 7, 8, 9, 10] }
const w = { shape: [1, 1, 2, 2], dtype: 'uint8' as const, values: [1, 1, 1, 1] }

describe('ConvInteger', () => {
  // The sums of 2×2 squares of 1..9.
  it('takes the zero point away', () => checkOp({ build: (a, b, z) => convInteger(a, b, z), inputs: [x, w, { shape: [], dtype: 'uint8', values: [1] }], batch: [0], reference: () => [12, 16, 24, 28] }))
  it('pads with what stands for zero', () => checkOp({ build: (a, b, z) => convInteger(a, b, z, null, { pads: [1, 1, 0, 0] }), inputs: [x, w, { shape: [], dtype: 'uint8', values: [1] }], reference: () => [1, 3, 5, 5, 12, 16, 11, 24, 28] }))
  it('names what does not fit', () => {
    const g = new Graph('t')
    expect(() => convInteger(g.input('x', 'uint8', ['N', 3, 4, 4]), g.input('w', 'uint8', [4, 2, 3, 3]))).toThrow('ConvInteger: input [N, 3, 4, 4] does not fit weights [4, 2, 3, 3] in 1 groups')
  })
})
