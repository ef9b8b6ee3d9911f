// Augmentation of a series of [channels, steps]: jitter, scaling, masks in time and a warp of time, each as its switch says.
import type { Random } from '../data/random.ts'
import { momentsOf } from './moments.ts'

export interface SeriesAugment {
  /** Deviation of the noise added, in deviations of the channel. */
  readonly jitter: number
  /** Largest relative change of each channel's size. */
  readonly scale: number
  /** Largest share of the steps that is blanked to the channel's mean. */
  readonly timeMask: number
  /** Largest local change of speed. */
  readonly timeWarp: number
}

/** Knots of the warp: speed changes this often over the series. */
const KNOTS = 4

/**
 * Writes the changed series over `x`. Um et al., "Data augmentation of wearable sensor data", ICMI 2017, https://arxiv.org/abs/1706.00527.
 * @param x channel by channel, `length` real steps each.
 */
export function augmentSeries(x: Float32Array, channels: number, length: number, augment: SeriesAugment, random: Random): void {
  const at = (i: number): number => x[i] ?? 0
  if (augment.timeWarp > 0) {
    const times = warp(length, augment.timeWarp, random)
    const copy = Float32Array.from(x)
    for (let c = 0; c < channels; c++) for (let t = 0; t < length; t++) {
      const from = times[t] ?? t
      const low = Math.min(Math.floor(from), length - 2)
      const [a, b] = [copy[c * length + Math.max(0, low)] ?? 0, copy[c * length + low + 1] ?? 0]
      x[c * length + t] = length < 2 ? a : a + (b - a) * (from - low)
    }
  }
  for (let c = 0; c < channels; c++) {
    const { deviation } = momentsOf(x.subarray(c * length, (c + 1) * length))
    const factor = augment.scale > 0 ? 1 + augment.scale * (2 * random.uniform() - 1) : 1
    for (let t = 0; t < length; t++) {
      const noise = augment.jitter > 0 ? augment.jitter * deviation * random.normal() : 0
      x[c * length + t] = at(c * length + t) * factor + noise
    }
  }
  if (augment.timeMask > 0) blank(x, channels, length, Math.floor(augment.timeMask * random.uniform() * length), random)
}

function blank(x: Float32Array, channels: number, length: number, size: number, random: Random): void {
  if (size < 1) return
  const start = random.int(length - size + 1)
  for (let c = 0; c < channels; c++) {
    const { mean } = momentsOf(x.subarray(c * length, (c + 1) * length))
    x.fill(mean, c * length + start, c * length + start + size)
  }
}

/** Where each step is read from: speeds drawn at knots, straight between them, summed and stretched back to the whole length. */
function warp(length: number, strength: number, random: Random): Float64Array {
  const speeds = Array.from({ length: KNOTS + 1 }, () => Math.exp(strength * (2 * random.uniform() - 1)))
  const times = new Float64Array(length)
  for (let t = 1; t < length; t++) {
    const place = ((t - 0.5) / Math.max(1, length - 1)) * KNOTS
    const knot = Math.min(Math.floor(place), KNOTS - 1)
    const [a, b] = [speeds[knot] ?? 1, speeds[knot + 1] ?? 1]
    times[t] = (times[t - 1] ?? 0) + a + (b - a) * (place - knot)
  }
  const total = times[length - 1] ?? 0
  return total > 0 ? times.map((v) => (v / total) * (length - 1)) : times
}
