// Tests of DFT.
import { describe, expect, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { dft } from './dft.ts'
import { Graph } from '../graph/graph.ts'

describe('DFT', () => {
  /** By definition, over signals of `n` numbers given as pairs. */
  const transform = (x: readonly number[], n: number, length: number, bins: number, sign: number, parts = 2): number[] =>
    Array.from({ length: x.length / n / parts }, (_, b) =>
      Array.from({ length: bins }, (_, k) => {
        let [re, im] = [0, 0]
        for (let t = 0; t < Math.min(n, length); t++) {
          const [u = 0, v = 0] = x.slice((b * n + t) * parts, (b * n + t) * parts + parts)
          const [c, s] = [Math.cos((2 * Math.PI * k * t) / length), sign * Math.sin((2 * Math.PI * k * t) / length)]
          re += u * c - v * s
          im += u * s + v * c
        }
        return sign > 0 ? [re / length, im / length] : [re, im]
      }).flat(),
    ).flat()

  it.each([4, 6])('of %i complex numbers', (n) => checkOp({ build: (x) => dft(x), inputs: [{ shape: [2, n, 2] }], batch: [0], reference: (x) => transform(x, n, n, n, -1) }))
  it('back', () => checkOp({ build: (x) => dft(x, { inverse: true }), inputs: [{ shape: [2, 6, 2] }], batch: [0], reference: (x) => transform(x, 6, 6, 6, 1) }))
  it.each([5, 8])('one side of a real signal of %i', (n) => checkOp({ build: (x) => dft(x, { onesided: true }), inputs: [{ shape: [2, n, 1] }], batch: [0], reference: (x) => transform(x, n, n, Math.floor(n / 2) + 1, -1, 1) }))
  it.each([4, 9])('of 6 numbers cut or continued to %i', (length) => checkOp({ build: (x) => dft(x, { length }), inputs: [{ shape: [1, 6, 1] }], reference: (x) => transform(x, 6, length, length, -1, 1) }))
  it('along another axis', () => checkOp({ build: (x) => dft(x, { axis: 1 }), inputs: [{ shape: [2, 3, 2, 2] }], batch: [0] }))
  it('is undone by its inverse', () => checkOp({ build: (x) => dft(dft(x), { inverse: true }), inputs: [{ shape: [1, 5, 2] }], reference: (x) => x }))

  it('refuses what has no parts, and one side of complex numbers', () => {
    const g = new Graph('t')
    expect(() => dft(g.input('x', 'float32', [4, 3]))).toThrow('DFT: the last axis of [4, 3] must hold')
    expect(() => dft(g.input('y', 'float32', [1, 4, 2]), { onesided: true })).toThrow('DFT: one side is enough only')
    expect(dft(g.input('z', 'float32', ['N', 'T', 1]), { onesided: true }).shape).toEqual(['N', 'floor((T)/2)+1', 2])
  })
})
