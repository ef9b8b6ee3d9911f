// Dropout masks drawn outside the graph: one byte a value, from the run's own generator.
import type { Random } from '../data/random.ts'

export interface MaskSpec {
  /** The dropout layer. */
  readonly name: string
  /** Values in the mask of one batch. */
  readonly size: number
  /** Bytes below it are dropped: the rate in 1/256. */
  readonly threshold: number
}

/** The rate in steps of 1/256, because a mask value costs one random byte. */
export function dropThreshold(rate: number): number {
  return Math.min(255, Math.round(rate * 256))
}

/** What kept values are multiplied by, exact for the rate in use. */
export function keepScale(threshold: number): number {
  return 256 / (256 - threshold)
}

/** Writes 0 (dropped) or 1 (kept) for all masks, one after the other. */
export function fillKeepMasks(out: Uint8Array, masks: readonly MaskSpec[], random: Random): void {
  let at = 0
  let word = 0
  let bytes = 0
  for (const { size, threshold } of masks) {
    const end = at + size
    for (; at < end; at++) {
      if (bytes === 0) {
        word = random.uint32()
        bytes = 4
      }
      out[at] = (word & 255) < threshold ? 0 : 1
      word >>>= 8
      bytes--
    }
  }
}
