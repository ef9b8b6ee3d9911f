// Touch-up: random changes of an image's pixels where they are: colour, blur, noise and a hole.
import type { Augmentation, ImageInput } from '../contract/recipe.ts'
import type { Random } from './random.ts'
import { borderMedian, type Rectangle } from './warp.ts'

type Shape = Pick<ImageInput, 'height' | 'width' | 'channels'>

const signed = (random: Random): number => random.uniform() * 2 - 1

/** Changes one HWC uint8 image in place, each way only where the configuration has it; returns the hole of a cutout. */
export function touchUp(pixels: Uint8Array, shape: Shape, config: Augmentation, random: Random): Rectangle | null {
  const { brightness = 0, contrast = 0, saturation = 0, hue = 0, blur = 0, noise = 0, cutout = 0 } = config
  if (brightness > 0 || contrast > 0 || saturation > 0 || hue > 0) {
    colour(pixels, shape.channels, { brightness: 1 + signed(random) * brightness, contrast: 1 + signed(random) * contrast, saturation: 1 + signed(random) * saturation, hue: (signed(random) * hue * Math.PI) / 180 })
  }
  if (blur > 0) gaussian(pixels, shape, blur * random.uniform())
  if (noise > 0) {
    const deviation = 255 * noise * random.uniform()
    for (let i = 0; i < pixels.length; i++) pixels[i] = clamp((pixels[i] ?? 0) + deviation * random.normal())
  }
  return cutout > 0 ? hole(pixels, shape, cutout, random) : null
}

const clamp = (v: number): number => Math.max(0, Math.min(255, Math.round(v)))

interface ColourChange {
  /** Factors: 1 leaves things as they are. */
  readonly brightness: number
  readonly contrast: number
  readonly saturation: number
  /** Radians on the colour circle. */
  readonly hue: number
}

/** One matrix on RGB: saturation and hue about the grey axis (in YIQ), contrast about the picture's mean, brightness. */
function colour(pixels: Uint8Array, channels: number, { brightness, contrast, saturation, hue }: ColourChange): void {
  let mean = 0
  for (const v of pixels) mean += v
  mean /= Math.max(1, pixels.length)
  const gain = brightness * contrast
  const offset = brightness * (1 - contrast) * mean
  if (channels !== 3) {
    for (let i = 0; i < pixels.length; i++) pixels[i] = clamp((pixels[i] ?? 0) * gain + offset)
    return
  }
  const [u, v] = [saturation * Math.cos(hue), saturation * Math.sin(hue)]
  for (let i = 0; i < pixels.length; i += 3) {
    const [r, g, b] = [pixels[i] ?? 0, pixels[i + 1] ?? 0, pixels[i + 2] ?? 0]
    const luma = 0.299 * r + 0.587 * g + 0.114 * b
    const inPhase = 0.595716 * r - 0.274453 * g - 0.321263 * b
    const quadrature = 0.211456 * r - 0.522591 * g + 0.311135 * b
    const [p, q] = [u * inPhase - v * quadrature, v * inPhase + u * quadrature]
    pixels[i] = clamp((luma + 0.9563 * p + 0.621 * q) * gain + offset)
    pixels[i + 1] = clamp((luma - 0.2721 * p - 0.6474 * q) * gain + offset)
    pixels[i + 2] = clamp((luma - 1.107 * p + 1.7046 * q) * gain + offset)
  }
}

/** Along rows, then along columns; the border's pixels go on outside. `sigma` in pixels. */
function gaussian(pixels: Uint8Array, { height, width, channels }: Shape, sigma: number): void {
  const radius = Math.ceil(3 * sigma)
  if (sigma < 0.1 || radius === 0) return
  const kernel = Float64Array.from({ length: 2 * radius + 1 }, (_, i) => Math.exp(-((i - radius) ** 2) / (2 * sigma * sigma)))
  const total = kernel.reduce((a, b) => a + b, 0)
  const pass = (from: ArrayLike<number>, length: number, step: number, lines: number, line: (i: number) => number): Float64Array => {
    const to = new Float64Array(from.length)
    for (let i = 0; i < lines; i++) {
      const start = line(i)
      for (let j = 0; j < length; j++) {
        let sum = 0
        for (let k = -radius; k <= radius; k++) sum += (kernel[k + radius] ?? 0) * (from[start + Math.max(0, Math.min(length - 1, j + k)) * step] ?? 0)
        to[start + j * step] = sum / total
      }
    }
    return to
  }
  const rows = pass(pixels, width, channels, height * channels, (i) => Math.floor(i / channels) * width * channels + (i % channels))
  pass(rows, height, width * channels, width * channels, (i) => i).forEach((v, i) => (pixels[i] = clamp(v)))
}

/** A square of up to `share` of the shorter side, anywhere, in the border's colour. DeVries and Taylor, "Cutout", 2017, https://arxiv.org/abs/1708.04552. */
function hole(pixels: Uint8Array, { height, width, channels }: Shape, share: number, random: Random): Rectangle {
  const side = Math.round(share * random.uniform() * Math.min(height, width))
  const [x, y] = [random.int(width - side + 1), random.int(height - side + 1)]
  const fill = Array.from({ length: channels }, (_, c) => borderMedian(pixels, 0, { height, width }, channels, c))
  for (let row = y; row < y + side; row++) for (let at = (row * width + x) * channels; at < (row * width + x + side) * channels; at++) pixels[at] = fill[at % channels] ?? 0
  return { x, y, width: side, height: side }
}
