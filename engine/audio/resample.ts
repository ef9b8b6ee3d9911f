// Resampling: band-limited interpolation between any two rates, by a polyphase filter.
import type { Sound } from './sound.ts'

/** Zero crossings of the kernel on each side, counted at the lower of the two rates. */
const CROSSINGS = 32
/** Cut-off as a share of the lower Nyquist frequency, and shape of the Kaiser window: about 100 dB from 1.0 of it on. */
const ROLLOFF = 0.91
const BETA = 10
/** Largest table of filters that is kept; beyond, as between rates without a common divisor, they are worked out where they are used. */
const TABLE = 4_000_000

/** Modified Bessel function of order 0, by its series. */
function bessel(x: number): number {
  let term = 1
  let sum = 1
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= (x / (2 * k)) ** 2
    sum += term
  }
  return sum
}

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b))

interface Filter {
  /** Of one phase. */
  readonly taps: number
  /** Coefficients of phase p, for the inputs from `first(p) …`. */
  phase(p: number): Float64Array
}

const kept = new Map<string, Filter>()

/** Output i of `to` stands at input i · from / to; phase p is at p / to of an input sample beyond a whole one, after reduction. */
function filterOf(from: number, to: number): Filter {
  const key = `${from}/${to}`
  const known = kept.get(key)
  if (known) return known
  const cutoff = ROLLOFF * Math.min(1, to / from)
  const half = Math.ceil((CROSSINGS * Math.max(1, from / to)) / ROLLOFF)
  const taps = 2 * half
  const make = (p: number): Float64Array => {
    const out = new Float64Array(taps)
    let sum = 0
    for (let k = 0; k < taps; k++) {
      const t = k - half + 1 - p / to
      const r = t / half
      const window = r * r >= 1 ? 0 : bessel(BETA * Math.sqrt(1 - r * r))
      const x = Math.PI * cutoff * t
      const value = window * (x === 0 ? 1 : Math.sin(x) / x)
      out[k] = value
      sum += value
    }
    // Each phase passes a constant unchanged: without this, tones of the two rates' beat appear.
    for (let k = 0; k < taps; k++) out[k] = (out[k] ?? 0) / sum
    return out
  }
  const phases = new Map<number, Float64Array>()
  const small = to * taps <= TABLE
  const filter: Filter = {
    taps,
    phase: (p) => {
      const found = phases.get(p)
      if (found) return found
      const made = make(p)
      if (small) phases.set(p, made)
      return made
    },
  }
  if (small) {
    if (kept.size >= 8) kept.clear()
    kept.set(key, filter)
  }
  return filter
}

/**
 * The same sound at another rate: ⌈n · rate / from⌉ samples; what lies outside counts as silence.
 * Windowed sinc with the cut-off at 0.91 of the lower Nyquist frequency (Smith, "Digital Audio Resampling", https://ccrma.stanford.edu/~jos/resample/).
 */
export function resample(sound: Sound, rate: number): Sound {
  if (sound.rate === rate) return sound
  const divisor = gcd(sound.rate, rate)
  const [from, to] = [sound.rate / divisor, rate / divisor]
  const { samples } = sound
  const out = new Float32Array(Math.ceil((samples.length * to) / from))
  const filter = filterOf(from, to)
  const half = filter.taps / 2
  for (let i = 0; i < out.length; i++) {
    const position = i * from
    const whole = Math.floor(position / to)
    const weights = filter.phase(position - whole * to)
    const first = whole - half + 1
    const low = Math.max(0, -first)
    const high = Math.min(filter.taps, samples.length - first)
    let sum = 0
    for (let k = low; k < high; k++) sum += (weights[k] ?? 0) * (samples[first + k] ?? 0)
    out[i] = sum
  }
  return { rate, samples: out }
}
