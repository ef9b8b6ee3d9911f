// Tests of STFT.
import { describe, expect, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { stft } from './stft.ts'
import { Graph } from '../graph/graph.ts'

describe('STFT', () => {
  const spectra = (x: readonly number[], w: readonly number[], length: number, step: number, bins: number): number[] =>
    Array.from({ length: x.length / length }, (_, b) =>
      Array.from({ length: Math.floor((length - w.length) / step) + 1 }, (_, f) =>
        Array.from({ length: bins }, (_, k) => {
          let [re, im] = [0, 0]
          w.forEach((v, t) => {
            const u = v * (x[b * length + f * step + t] ?? NaN)
            re += u * Math.cos((2 * Math.PI * k * t) / w.length)
            im -= u * Math.sin((2 * Math.PI * k * t) / w.length)
          })
          return [re, im]
        }),
      ),
    ).flat(3)

  it('transforms frames that overlap', () => checkOp({ build: (x, w) => stft(x, w, 2), inputs: [{ shape: [2, 9, 1] }, { shape: [4], range: [0.2, 1] }], batch: [0], reference: (x, w) => spectra(x, w, 9, 2, 3) }))
  it('transforms frames apart, both sides', () => checkOp({ build: (x, w) => stft(x, w, 5, false), inputs: [{ shape: [1, 13, 1] }, { shape: [3], range: [0.2, 1] }], reference: (x, w) => spectra(x, w, 13, 5, 3) }))
  it('infers symbolic lengths and refuses what does not fit', () => {
    const g = new Graph('t')
    const w = g.input('w', 'float32', [4])
    expect(stft(g.input('x', 'float32', ['N', 'T', 1]), w, 2).shape).toEqual(['N', 'floor((T-4)/2)+1', 3, 2])
    expect(() => stft(g.input('y', 'float32', [1, 3, 1]), w, 2)).toThrow('STFT: frames of 4 every 2 do not fit a signal of 3')
    expect(() => stft(g.input('z', 'float32', [1, 8]), w, 2)).toThrow('expected at least rank 3')
  })
})
