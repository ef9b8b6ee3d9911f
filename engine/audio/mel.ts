// Mel filter bank and discrete cosine transform as matrices.
import type { FrontEnd } from '../contract/inputs/audio.ts'

interface Scale {
  readonly toMel: (hertz: number) => number
  readonly toHertz: (mel: number) => number
}

const STEP = Math.log(6.4) / 27

/**
 * `htk`: 2595·log10(1 + f/700) (O'Shaughnessy, 1987), triangles of height 1.
 * `slaney`: linear below 1 kHz, logarithmic above (Slaney, "Auditory Toolbox", 1998), triangles of one area.
 */
export const scales: Readonly<Record<FrontEnd['scale'], Scale>> = {
  htk: { toMel: (f) => 2595 * Math.log10(1 + f / 700), toHertz: (m) => 700 * (10 ** (m / 2595) - 1) },
  slaney: {
    toMel: (f) => (f < 1000 ? (3 * f) / 200 : 15 + Math.log(f / 1000) / STEP),
    toHertz: (m) => (m < 15 ? (200 * m) / 3 : 1000 * Math.exp(STEP * (m - 15))),
  },
}

type Bank = Pick<FrontEnd, 'rate' | 'fft' | 'mels' | 'low' | 'high' | 'scale'>

interface MelFilters {
  /** First bin of the spectrum that any band takes from, and how many from there on. */
  readonly first: number
  readonly bins: number
  /** Row-major [mels, bins]. */
  readonly weights: Float32Array
}

/** Triangles between neighbouring band centres, each reaching from the centre before to the one after, as in torchaudio and librosa. */
export function melFilters({ rate, fft, mels, low, high, scale }: Bank): MelFilters {
  const { toMel, toHertz } = scales[scale]
  const [from, to] = [toMel(low), toMel(high)]
  const edges = Array.from({ length: mels + 2 }, (_, i) => toHertz(from + ((to - from) * i) / (mels + 1)))
  const width = rate / fft
  const first = Math.max(0, Math.floor(low / width))
  const bins = Math.min(Math.floor(fft / 2), Math.ceil(high / width)) - first + 1
  const weights = new Float32Array(mels * bins)
  for (let m = 0; m < mels; m++) {
    const [left = 0, centre = 0, right = 0] = edges.slice(m, m + 3)
    const area = scale === 'slaney' ? 2 / (right - left) : 1
    for (let b = 0; b < bins; b++) {
      const f = (first + b) * width
      weights[m * bins + b] = area * Math.max(0, Math.min((f - left) / (centre - left), (right - f) / (right - centre)))
    }
  }
  return { first, bins, weights }
}

/** Bands that take from no bin, because the transform is too short for such narrow ones. */
export function emptyBands(bank: Bank): number {
  const { bins, weights } = melFilters(bank)
  return Array.from({ length: bank.mels }, (_, m) => weights.subarray(m * bins, (m + 1) * bins)).filter((row) => row.every((w) => w === 0)).length
}

/** DCT-II with orthonormal rows, row-major [coefficients, mels]: what turns log-mel into MFCC. Davis and Mermelstein, 1980. */
export function dctMatrix(coefficients: number, mels: number): Float32Array {
  const out = new Float32Array(coefficients * mels)
  for (let k = 0; k < coefficients; k++) {
    const norm = Math.sqrt((k === 0 ? 1 : 2) / mels)
    for (let m = 0; m < mels; m++) out[k * mels + m] = norm * Math.cos((Math.PI * k * (m + 0.5)) / mels)
  }
  return out
}
