// Tests of Conv.
import { describe, expect, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { conv } from './conv.ts'
import { Graph } from '../graph/graph.ts'

/** By the definition, one output at a time. */
function direct(x: number[], w: number[], [n, c, h, wd]: readonly number[], [o, cg, kh, kw]: readonly number[], stride: number, pad: number, dilation: number, group: number): number[] {
  const at = (list: number[], i: number): number => list[i] ?? NaN
  const [N = 0, C = 0, H = 0, W = 0, O = 0, CG = 0, KH = 0, KW = 0] = [n, c, h, wd, o, cg, kh, kw]
  const out: number[] = []
  const size = (d: number, k: number): number => Math.floor((d + 2 * pad - dilation * (k - 1) - 1) / stride) + 1
  for (let b = 0; b < N; b++)
    for (let f = 0; f < O; f++)
      for (let i = 0; i < size(H, KH); i++)
        for (let j = 0; j < size(W, KW); j++) {
          let sum = 0
          for (let q = 0; q < CG; q++)
            for (let p = 0; p < KH; p++)
              for (let r = 0; r < KW; r++) {
                const y = i * stride - pad + p * dilation
                const z = j * stride - pad + r * dilation
                if (y < 0 || z < 0 || y >= H || z >= W) continue
                const channel = Math.floor(f / (O / group)) * CG + q
                sum += at(x, ((b * C + channel) * H + y) * W + z) * at(w, ((f * CG + q) * KH + p) * KW + r)
              }
          out.push(sum)
        }
  return out
}

describe('Conv', () => {
  it.each([
    { x: [2, 3, 5, 5], w: [4, 3, 3, 3], stride: 1, pad: 1, dilation: 1, group: 1 },
    { x: [2, 2, 5, 6], w: [3, 2, 3, 3], stride: 1, pad: 0, dilation: 1, group: 1 },
    { x: [2, 2, 7, 7], w: [3, 2, 3, 3], stride: 2, pad: 1, dilation: 1, group: 1 },
    { x: [1, 2, 8, 8], w: [2, 2, 3, 3], stride: 2, pad: 0, dilation: 1, group: 1 },
    { x: [1, 2, 7, 7], w: [2, 2, 3, 3], stride: 1, pad: 2, dilation: 2, group: 1 },
    { x: [1, 2, 9, 9], w: [2, 2, 3, 2], stride: 2, pad: 1, dilation: 2, group: 1 },
    { x: [2, 4, 5, 5], w: [6, 2, 3, 3], stride: 1, pad: 1, dilation: 1, group: 2 },
    { x: [2, 3, 6, 6], w: [3, 1, 3, 3], stride: 2, pad: 1, dilation: 1, group: 3 },
    { x: [2, 3, 4, 4], w: [5, 3, 1, 1], stride: 1, pad: 0, dilation: 1, group: 1 },
    { x: [1, 2, 4, 4], w: [2, 2, 1, 1], stride: 2, pad: 0, dilation: 1, group: 1 },
    { x: [1, 1, 3, 3], w: [2, 1, 2, 2], stride: 1, pad: 3, dilation: 1, group: 1 },
    { x: [2, 17, 4, 4], w: [2, 17, 3, 3], stride: 1, pad: 1, dilation: 1, group: 1 },
  ])('x $x, w $w, stride $stride, pad $pad, dilation $dilation, group $group', ({ x, w, stride, pad, dilation, group }) =>
    checkOp({ build: (a, b) => conv(a, b, null, { strides: stride, pads: pad, dilations: dilation, group }), inputs: [{ shape: x }, { shape: w }], batch: [0], float64: false, reference: (a, b) => direct(a, b, x, w, stride, pad, dilation, group) }))

  it('adds a bias', () => checkOp({ build: (x, w, b) => conv(x, w, b, { pads: 1 }), inputs: [{ shape: [2, 2, 4, 4] }, { shape: [3, 2, 3, 3] }, { shape: [3] }], batch: [0], float64: false }))
  it('takes different pads on each side', () => checkOp({ build: (x, w) => conv(x, w, null, { pads: [0, 1, 2, 1] }), inputs: [{ shape: [1, 2, 4, 4] }, { shape: [2, 2, 3, 3] }], float64: false }))
  it('has one spatial axis', () => checkOp({ build: (x, w, b) => conv(x, w, b, { pads: 1, strides: 2 }), inputs: [{ shape: [2, 2, 7] }, { shape: [3, 2, 3] }, { shape: [3] }], batch: [0], float64: false }))
  it('has three spatial axes', () => checkOp({ build: (x, w) => conv(x, w, null, { pads: 1 }), inputs: [{ shape: [1, 2, 3, 3, 3] }, { shape: [2, 2, 2, 2, 2] }], float64: false }))
  it('has second derivatives', () => checkOp({ build: (x, w) => conv(x, w, null, { pads: 1, strides: 2 }), inputs: [{ shape: [1, 2, 4, 4] }, { shape: [2, 2, 3, 3] }], float64: false, second: true, tolerance: 2e-2 }))

  it('names what does not fit', () => {
    const g = new Graph('t')
    const x = g.input('x', 'float32', ['N', 3, 8, 8])
    expect(() => conv(x, g.input('w', 'float32', [4, 2, 3, 3]))).toThrow('Conv: input [N, 3, 8, 8] does not fit weights [4, 2, 3, 3] in 1 groups')
    expect(() => conv(x, g.input('v', 'float32', [4, 3, 9, 9]))).toThrow('a window of 9 does not fit into axis 0 of [8, 8]')
    expect(conv(x, g.input('u', 'float32', [4, 3, 3, 3]), null, { pads: 1, strides: 2 }).shape).toEqual(['N', 4, 4, 4])
  })
})
