// Tests of MelWeightMatrix.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { melWeightMatrix } from './mel_weight_matrix.ts'

describe('MelWeightMatrix', () => {
  /** Bin edges as the operator page computes them: equal steps of mel, rounded down to a frequency of the transform. */
  const filters = (bins: number, length: number, rate: number, lower: number, upper: number): number[] => {
    const mel = (f: number): number => 2595 * Math.log10(1 + f / 700)
    const step = (mel(upper) - mel(lower)) / (bins + 2)
    const edges = Array.from({ length: bins + 2 }, (_, i) => Math.floor(((length + 1) * (700 * (10 ** ((i * step + mel(lower)) / 2595) - 1))) / rate))
    const rows = Math.floor(length / 2) + 1
    return Array.from({ length: rows * bins }, (_, e) => {
      const [k, i] = [Math.floor(e / bins), e % bins]
      const [low = 0, centre = 0, high = 0] = edges.slice(i, i + 3)
      if (low === centre ? k === centre : k >= low && k <= centre) return low === centre ? 1 : (k - low) / (centre - low)
      return k > centre && k < high ? (high - k) / (high - centre) : 0
    })
  }

  it.each([[8, 16, 8192, 0, 4096], [10, 256, 16000, 80, 7600]])('%i bands of a transform of %i', (bins, dftLength, sampleRate, lower, upper) =>
    checkOp({ build: (x) => [melWeightMatrix(x.graph, { bins, dftLength, sampleRate, lower, upper }), x], inputs: [{ shape: [1] }], wrt: [], reference: (x) => [filters(bins, dftLength, sampleRate, lower, upper), x] }))
})
