// Augmentation of recordings: place, level, tempo and noise of the waveform; masks over bands and time of the map.
import type { AudioAugmentation } from '../contract/augment/audio.ts'
import type { Random } from '../data/random.ts'
import { noise, noises } from './noise.ts'
import { loudest, type Anchor } from './place.ts'

/** Seconds of each colour that rows draw their noise from. */
const BANK_SECONDS = 6
/** Softest noise, in decibels below the loudest. */
const NOISE_RANGE = 40

/** Noise of all colours one after another, each of deviation about 1; drawn once, since drawing it for each row would take longer than training. */
export function noiseBank(rate: number, random: Random): Float32Array {
  const each = BANK_SECONDS * rate
  const bank = new Float32Array(noises.length * each)
  noises.forEach((kind, i) => { bank.set(noise(kind, each, rate, random), i * each) })
  return bank
}

interface Stretch {
  readonly out: Float32Array
  readonly at: number
  readonly length: number
  readonly anchor: Anchor
}

const decibels = (value: number): number => 10 ** (value / 20)
const between = (random: Random, most: number): number => most * (2 * random.uniform() - 1)

/** Writes a changed `samples` into a stretch, as `place` writes the unchanged one. With anchor `start` nothing of a recording that fits is lost. */
export function augmentWave(samples: Float32Array, { out, at, length, anchor }: Stretch, how: AudioAugmentation, random: Random, bank: Float32Array): void {
  const [tempo, moved, level, noiseLevel, noiseFrom] = [between(random, how.speed), random.uniform(), between(random, how.gain), random.uniform(), random.uniform()]
  const fits = samples.length <= length
  const speed = anchor === 'start' && fits ? Math.max(1 + tempo, samples.length / length) : 1 + tempo
  const gain = decibels(level)
  const [lead, first] = position({ samples, count: Math.floor(samples.length / speed), length, anchor, moved, shift: how.shift, speed })
  out.fill(0, at, at + length)
  for (let i = Math.max(0, lead); i < length; i++) {
    const x = first + (i - lead) * speed
    const whole = Math.floor(x)
    if (whole >= samples.length) break
    const part = x - whole
    out[at + i] = gain * ((samples[whole] ?? 0) * (1 - part) + (samples[whole + 1] ?? 0) * part)
  }
  if (how.noise === null) return
  const loud = decibels(how.noise - NOISE_RANGE * noiseLevel)
  const from = Math.floor(noiseFrom * bank.length)
  for (let i = 0; i < length; i++) out[at + i] = (out[at + i] ?? 0) + loud * (bank[(from + i) % bank.length] ?? 0)
}

interface Position {
  readonly samples: Float32Array
  /** Samples after the change of tempo. */
  readonly count: number
  readonly length: number
  readonly anchor: Anchor
  readonly moved: number
  readonly shift: number
  readonly speed: number
}

/** Silence before the recording, and the sample with which it begins. */
function position({ samples, count, length, anchor, moved, shift, speed }: Position): readonly [lead: number, first: number] {
  const slack = length - count
  if (slack >= 0) return [Math.floor(slack * (anchor === 'start' ? shift * moved : 0.5 + shift * (moved - 0.5))), 0]
  if (anchor === 'start') return [0, 0]
  const span = Math.ceil(length * speed)
  const room = shift * span * (moved - 0.5)
  return [0, Math.max(0, Math.min(samples.length - span, Math.round(loudest(samples, span) + room)))]
}

/** Numbers that `drawMasks` writes: first and last-but-one of each mask, those of bands before those of time. */
export const maskNumbers = ({ bandMasks, timeMasks }: AudioAugmentation): number => 2 * (bandMasks + timeMasks)

/** SpecAugment: stretches of bands and of frames, `[first, end)` each, evenly drawn up to the largest share. */
export function drawMasks(how: AudioAugmentation, bands: number, frames: number, out: Float32Array, at: number, random: Random): void {
  const draw = (i: number, size: number, share: number): void => {
    const width = Math.floor(random.uniform() * (share * size + 1))
    const first = Math.floor(random.uniform() * (size - width + 1))
    out[at + 2 * i] = first
    out[at + 2 * i + 1] = first + width
  }
  for (let i = 0; i < how.bandMasks; i++) draw(i, bands, how.bandMask)
  for (let i = 0; i < how.timeMasks; i++) draw(how.bandMasks + i, frames, how.timeMask)
}
