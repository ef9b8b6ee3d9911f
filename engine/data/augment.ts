// Augmentation of one image: random affine warp about the centre and flips, by counters alone, without allocation.
import type { Augmentation, ImageInput } from '../contract/recipe.ts'
import type { Random } from './random.ts'

const RADIANS = Math.PI / 180
const histogram = new Uint32Array(256)

/** Uniform in [-1, 1). */
const signed = (random: Random): number => random.uniform() * 2 - 1

/** Median of channel `c` along the border: what lies outside the image continues its background, be it dark or light. */
function borderMedian(src: Uint8Array, at: number, h: number, w: number, channels: number, c: number): number {
  histogram.fill(0)
  let count = 0
  for (let y = 0; y < h; y++) {
    const step = y === 0 || y === h - 1 ? 1 : Math.max(1, w - 1)
    for (let x = 0; x < w; x += step) {
      const v = src[at + (y * w + x) * channels + c] ?? 0
      histogram[v] = (histogram[v] ?? 0) + 1
      count++
    }
  }
  let below = 0
  for (let v = 0; v < 256; v++) {
    below += histogram[v] ?? 0
    if (below * 2 >= count) return v
  }
  return 0
}

/**
 * Writes an augmented copy of one HWC uint8 image. Always draws eight numbers, so that a stream stays aligned whatever
 * the configuration: rotation, shear, scale, shift down, shift right, flip across, flip over, one spare.
 *
 * Output pixel p takes the bilinear value of the source at A·(p − centre) + centre − shift, where A is the inverse of
 * rotation · shear · scale. Samples outside blend into the median of the image's border, channel by channel.
 */
export function augment(src: Uint8Array, srcOffset: number, out: Uint8Array, outOffset: number, input: Pick<ImageInput, 'height' | 'width' | 'channels'>, config: Augmentation, random: Random): void {
  const { height: h, width: w, channels } = input
  const angle = signed(random) * config.rotate * RADIANS
  const shear = Math.tan(signed(random) * config.shear * RADIANS)
  const zoom = 1 + signed(random) * config.scale
  const shiftY = signed(random) * config.shift * h
  const shiftX = signed(random) * config.shift * w
  const mirror = random.uniform() < 0.5 && config.flipHorizontal
  const flip = random.uniform() < 0.5 && config.flipVertical
  random.uniform()

  // Forward: rotate(angle) · [[1, shear], [0, 1]] · zoom on (x, y); its inverse maps output to source.
  const cos = Math.cos(angle)
  const sin = Math.sin(angle)
  const a = (cos + shear * sin) / zoom
  const b = (sin - shear * cos) / zoom
  const c = -sin / zoom
  const d = cos / zoom
  const cy = (h - 1) / 2
  const cx = (w - 1) / 2
  const across = mirror ? -1 : 1
  const over = flip ? -1 : 1

  for (let channel = 0; channel < channels; channel++) {
    const fill = borderMedian(src, srcOffset, h, w, channels, channel)
    for (let y = 0; y < h; y++) {
      const dy = (y - cy) * over - shiftY
      for (let x = 0; x < w; x++) {
        const dx = (x - cx) * across - shiftX
        const sx = a * dx + b * dy + cx
        const sy = c * dx + d * dy + cy
        const x0 = Math.floor(sx)
        const y0 = Math.floor(sy)
        const fx = sx - x0
        const fy = sy - y0
        let value = fill
        if (x0 >= -1 && y0 >= -1 && x0 < w && y0 < h) {
          const row0 = srcOffset + y0 * w * channels + channel
          const row1 = row0 + w * channels
          const left = x0 >= 0
          const right = x0 + 1 < w
          const top = y0 >= 0
          const bottom = y0 + 1 < h
          const p00 = left && top ? (src[row0 + x0 * channels] ?? 0) : fill
          const p01 = right && top ? (src[row0 + (x0 + 1) * channels] ?? 0) : fill
          const p10 = left && bottom ? (src[row1 + x0 * channels] ?? 0) : fill
          const p11 = right && bottom ? (src[row1 + (x0 + 1) * channels] ?? 0) : fill
          const upper = p00 + (p01 - p00) * fx
          value = upper + (p10 + (p11 - p10) * fx - upper) * fy
        }
        out[outOffset + (y * w + x) * channels + channel] = Math.floor(value + 0.5)
      }
    }
  }
}
