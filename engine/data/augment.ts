// Augmentation of one image: random affine warp about the centre, flips, and what changes its pixels, by counters alone.
import type { Augmentation, ImageInput } from '../contract/recipe.ts'
import { touchUp } from './touch-up.ts'
import type { Random } from './random.ts'
import { drawWarp, warpPixels } from './warp.ts'

/** Writes an augmented copy of one HWC uint8 image. Draws as `drawWarp` and `touchUp` say. */
export function augment(src: Uint8Array, srcOffset: number, out: Uint8Array, outOffset: number, input: Pick<ImageInput, 'height' | 'width' | 'channels'>, config: Augmentation, random: Random): void {
  warpPixels(src, srcOffset, out, outOffset, input.channels, drawWarp(random, config, input))
  touchUp(out.subarray(outOffset, outOffset + input.height * input.width * input.channels), input, config, random)
}
