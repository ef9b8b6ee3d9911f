// Features of recordings: mean loudness of 24 mel bands in each of four parts of time, and its spread over all.
import { decodeAudio } from '../../audio/decode.ts'
import { melFilters } from '../../audio/mel.ts'
import { resample } from '../../audio/resample.ts'
import type { FeatureDef } from './features.ts'
import { powerSpectrum } from './fft.ts'

const BANK = { rate: 16_000, fft: 512, mels: 24, low: 60, high: 7600, scale: 'htk' } as const
const HOP = 256
const PARTS = 4
/** Below it is silence; of samples at full scale 1. */
const FLOOR = 1e-6

const filters = melFilters(BANK)
const window = Float64Array.from({ length: BANK.fft }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / BANK.fft))

async function features(bytes: Uint8Array): Promise<Float32Array> {
  const { samples } = resample(await decodeAudio(bytes), BANK.rate)
  const frames: Float64Array[] = []
  for (let start = 0; start === 0 || start + BANK.fft <= samples.length; start += HOP) frames.push(bands(samples, start))
  const out = new Float32Array((PARTS + 1) * BANK.mels)
  for (let m = 0; m < BANK.mels; m++) {
    const all = frames.map((frame) => frame[m] ?? 0)
    const mean = (list: readonly number[]): number => list.reduce((sum, v) => sum + v, 0) / Math.max(1, list.length)
    for (let p = 0; p < PARTS; p++) {
      const part = all.slice(Math.floor((p * all.length) / PARTS), Math.max(Math.floor((p * all.length) / PARTS) + 1, Math.floor(((p + 1) * all.length) / PARTS)))
      out[p * BANK.mels + m] = mean(part)
    }
    out[PARTS * BANK.mels + m] = Math.sqrt(mean(all.map((v) => (v - mean(all)) ** 2)))
  }
  return out
}

function bands(samples: Float32Array, start: number): Float64Array {
  const power = powerSpectrum(window.map((w, i) => w * (samples[start + i] ?? 0)))
  return Float64Array.from({ length: BANK.mels }, (_, m) => {
    let sum = 0
    for (let b = 0; b < filters.bins; b++) sum += (filters.weights[m * filters.bins + b] ?? 0) * (power[filters.first + b] ?? 0)
    return Math.log(sum + FLOOR)
  })
}

export const audio: FeatureDef = {
  title: 'loudness of 24 mel bands in four parts of time, and its spread',
  fit: () => ({
    names: [...Array.from({ length: PARTS }, (_, p) => Array.from({ length: BANK.mels }, (_, m) => `band ${m + 1} in part ${p + 1}`)).flat(), ...Array.from({ length: BANK.mels }, (_, m) => `spread of band ${m + 1}`)],
    counts: false,
    of: features,
    describe: () => ({ ...BANK, hop: HOP, window: 'hann', log: `log(power + ${FLOOR})`, parts: PARTS }),
  }),
}
