// Warp: one random affine map of a picture about its centre, and what it does to pixels, masks, boxes and points.
import type { Augmentation } from '../contract/recipe.ts'
import type { Random } from './random.ts'

export interface Size {
  readonly height: number
  readonly width: number
}

/** Corner and sides in pixels, edges counted from the picture's left and upper edge. */
export interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** From output to source: (p − centre) · flips − shift, then [[a, b], [c, d]], then + centre. */
export interface Warp extends Size {
  readonly a: number
  readonly b: number
  readonly c: number
  readonly d: number
  readonly shiftX: number
  readonly shiftY: number
  /** −1 where mirrored. */
  readonly across: 1 | -1
  readonly over: 1 | -1
}

const RADIANS = Math.PI / 180
/** Share of a box that must stay in the picture for the box to stay. */
const LEAST_LEFT = 0.3
const histogram = new Uint32Array(256)

/** Uniform in [-1, 1). */
const signed = (random: Random): number => random.uniform() * 2 - 1

/**
 * Always draws eight numbers, so that a stream stays aligned whatever the configuration: rotation, shear, scale, shift down,
 * shift right, flip across, flip over, one spare; and three more for a crop.
 */
export function drawWarp(random: Random, config: Augmentation, { height, width }: Size): Warp {
  const angle = signed(random) * config.rotate * RADIANS
  const shear = Math.tan(signed(random) * config.shear * RADIANS)
  const zoom = 1 + signed(random) * config.scale
  const shiftY = signed(random) * config.shift * height
  const shiftX = signed(random) * config.shift * width
  const mirror = random.uniform() < 0.5 && config.flipHorizontal
  const flip = random.uniform() < 0.5 && config.flipVertical
  random.uniform()
  const crop = config.crop ?? 0
  const part = crop > 0 ? 1 - crop * random.uniform() : 1
  // The window that is cut out lies anywhere in the picture and fills the output.
  const slack = (1 - part) / (2 * part)
  const [cropY, cropX] = crop > 0 ? [signed(random) * slack * height, signed(random) * slack * width] : [0, 0]
  const factor = part / zoom
  // Forward: rotate(angle) · [[1, shear], [0, 1]] · zoom on (x, y); its inverse maps output to source.
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  return { height, width, a: (cos + shear * sin) * factor, b: (sin - shear * cos) * factor, c: -sin * factor, d: cos * factor, shiftX: shiftX + cropX, shiftY: shiftY + cropY, across: mirror ? -1 : 1, over: flip ? -1 : 1 }
}

/** Median of channel `c` along the border: what lies outside the picture continues its background, be it dark or light. */
export function borderMedian(src: Uint8Array, at: number, { height: h, width: w }: Size, channels: number, c: number): number {
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

/** One HWC uint8 picture: bilinear values; samples outside blend into the median of its border, channel by channel. */
export function warpPixels(src: Uint8Array, srcOffset: number, out: Uint8Array, outOffset: number, channels: number, warp: Warp): void {
  const { height: h, width: w, a, b, c, d, shiftX, shiftY, across, over } = warp
  const [cy, cx] = [(h - 1) / 2, (w - 1) / 2]
  for (let channel = 0; channel < channels; channel++) {
    const fill = borderMedian(src, srcOffset, warp, channels, channel)
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

/** A class for each pixel: the nearest one's; 0, the background, from outside. */
export function warpMask(src: Uint8Array, srcOffset: number, out: Uint8Array, outOffset: number, warp: Warp): void {
  const { height: h, width: w, a, b, c, d, shiftX, shiftY, across, over } = warp
  const [cy, cx] = [(h - 1) / 2, (w - 1) / 2]
  for (let y = 0; y < h; y++) {
    const dy = (y - cy) * over - shiftY
    for (let x = 0; x < w; x++) {
      const dx = (x - cx) * across - shiftX
      const sx = Math.round(a * dx + b * dy + cx)
      const sy = Math.round(c * dx + d * dy + cy)
      out[outOffset + y * w + x] = sx >= 0 && sy >= 0 && sx < w && sy < h ? (src[srcOffset + sy * w + sx] ?? 0) : 0
    }
  }
}

/** Where a point of the source lands; x and y from the left and upper edge. */
export function warpPoint({ height, width, a, b, c, d, shiftX, shiftY, across, over }: Warp, x: number, y: number): readonly [x: number, y: number] {
  const [dx, dy] = [x - width / 2, y - height / 2]
  const area = a * d - b * c
  return [((d * dx - b * dy) / area + shiftX) * across + width / 2, ((a * dy - c * dx) / area + shiftY) * over + height / 2]
}

/** Around the corners' new places, cut at the picture's edges; null where too little of it is left. Turned boxes become a little wide. */
export function warpBox<B extends Rectangle>(warp: Warp, box: B): B | null {
  const corners = [0, 1, 2, 3].map((i) => warpPoint(warp, box.x + (i % 2) * box.width, box.y + (i >> 1) * box.height))
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)]
  const [left, top] = [Math.min(...xs), Math.min(...ys)]
  return clipBox({ ...box, x: left, y: top, width: Math.max(...xs) - left, height: Math.max(...ys) - top }, warp)
}

/** The part of a box inside the picture; null where that is less than three tenths of it or thinner than a pixel. */
export function clipBox<B extends Rectangle>(box: B, { height, width }: Size): B | null {
  const [x, y] = [Math.max(0, box.x), Math.max(0, box.y)]
  const [w, h] = [Math.min(width, box.x + box.width) - x, Math.min(height, box.y + box.height) - y]
  return w < 1 || h < 1 || w * h < LEAST_LEFT * box.width * box.height ? null : { ...box, x, y, width: w, height: h }
}
