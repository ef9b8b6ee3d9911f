// Recordings as frames for template matching: cepstra and their slopes, told from each recording's own mean.
import { decodeAudio } from '../../audio/decode.ts'
import { dctMatrix, melFilters } from '../../audio/mel.ts'
import { resample } from '../../audio/resample.ts'
import { powerSpectrum } from '../features/fft.ts'

const BANK = { rate: 16_000, fft: 512, mels: 24, low: 60, high: 7600, scale: 'htk' } as const
/** 20 ms. */
const HOP = 320
const CEPSTRA = 13
/** Numbers of a frame: cepstra, then their slopes. */
export const FRAME = 2 * CEPSTRA
const FLOOR = 1e-6

const filters = melFilters(BANK)
const dct = dctMatrix(CEPSTRA, BANK.mels)
const window = Float64Array.from({ length: BANK.fft }, (_, i) => 0.54 - 0.46 * Math.cos((2 * Math.PI * i) / (BANK.fft - 1)))

export interface Frames {
  readonly count: number
  /** Row-major [count, FRAME]. */
  readonly data: Float32Array
  /** Whether a frame is loud enough to be speech. */
  readonly loud: Uint8Array
}

/** MFCC by Davis and Mermelstein, 1980; mean and deviation of the recording removed (Atal, 1974; Viikki and Laurila, 1998), so that voices and microphones come closer. */
export async function framesOf(bytes: Uint8Array): Promise<Frames> {
  const { samples } = resample(await decodeAudio(bytes), BANK.rate)
  const count = Math.max(1, Math.floor((samples.length - BANK.fft) / HOP) + 1)
  const cepstra = new Float32Array(count * CEPSTRA)
  const energy = new Float32Array(count)
  const frame = new Float64Array(BANK.fft)
  const logs = new Float64Array(BANK.mels)
  for (let t = 0; t < count; t++) {
    for (let i = 0; i < BANK.fft; i++) frame[i] = (window[i] ?? 0) * (samples[t * HOP + i] ?? 0)
    const power = powerSpectrum(frame)
    let total = 0
    for (let m = 0; m < BANK.mels; m++) {
      let sum = 0
      for (let b = 0; b < filters.bins; b++) sum += (filters.weights[m * filters.bins + b] ?? 0) * (power[filters.first + b] ?? 0)
      logs[m] = Math.log(sum + FLOOR)
      total += sum
    }
    energy[t] = Math.log(total + FLOOR)
    for (let k = 0; k < CEPSTRA; k++) {
      let sum = 0
      for (let m = 0; m < BANK.mels; m++) sum += (dct[k * BANK.mels + m] ?? 0) * (logs[m] ?? 0)
      cepstra[t * CEPSTRA + k] = sum
    }
  }
  return { count, data: withSlopes(normalised(cepstra, count), count), loud: loudOf(energy) }
}

function normalised(cepstra: Float32Array, count: number): Float32Array {
  const out = new Float32Array(cepstra.length)
  for (let k = 0; k < CEPSTRA; k++) {
    let [sum, square] = [0, 0]
    for (let t = 0; t < count; t++) {
      const v = cepstra[t * CEPSTRA + k] ?? 0
      sum += v
      square += v * v
    }
    const mean = sum / count
    const inverse = 1 / Math.sqrt(Math.max(1e-6, square / count - mean * mean))
    for (let t = 0; t < count; t++) out[t * CEPSTRA + k] = ((cepstra[t * CEPSTRA + k] ?? 0) - mean) * inverse
  }
  return out
}

/** Half the difference of the frames two before and two after. */
function withSlopes(cepstra: Float32Array, count: number): Float32Array {
  const out = new Float32Array(count * FRAME)
  for (let t = 0; t < count; t++) {
    const [before, after] = [Math.max(0, t - 2), Math.min(count - 1, t + 2)]
    for (let k = 0; k < CEPSTRA; k++) {
      out[t * FRAME + k] = cepstra[t * CEPSTRA + k] ?? 0
      out[t * FRAME + CEPSTRA + k] = ((cepstra[after * CEPSTRA + k] ?? 0) - (cepstra[before * CEPSTRA + k] ?? 0)) / 2
    }
  }
  return out
}

/** Above a third of the way from the quietest tenth to the loudest. */
function loudOf(energy: Float32Array): Uint8Array {
  const sorted = energy.slice().sort()
  const [low, high] = [sorted[Math.floor(0.1 * sorted.length)] ?? 0, sorted[Math.floor(0.95 * sorted.length)] ?? 0]
  const least = low + (high - low) / 3
  return Uint8Array.from(energy, (e) => (e > least ? 1 : 0))
}
