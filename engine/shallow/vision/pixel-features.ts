// Numbers of each pixel for shallow segmentation: its colour, that around it, edges, and where it stands.
import { decode } from '../../data/decode.ts'
import { toChannels } from '../../data/load.ts'
import type { Pixels } from '../../data/types.ts'
import type { Matrix } from '../matrix.ts'

/** Longest side at which pixels are judged; masks are resized from there. */
const MOST_SIDE = 64
const RADII = [2, 6] as const
const COLOURS = ['red', 'green', 'blue'] as const

export const pixelNames: readonly string[] = [...COLOURS, ...RADII.flatMap((r) => COLOURS.map((c) => `mean ${c} within ${r}`)), 'spread of brightness within 3', 'edge', 'edge of the mean', 'x', 'y']

export interface PixelFeatures {
  /** Of the source. */
  readonly source: { readonly height: number; readonly width: number }
  /** At which pixels are judged. */
  readonly height: number
  readonly width: number
  /** A row a pixel. */
  readonly x: Matrix
}

type Plane = Float32Array

/** Means over squares, by sums over all above and to the left; at the border of what lies inside. */
function blurred(plane: Plane, height: number, width: number, radius: number): Plane {
  const sums = new Float64Array((height + 1) * (width + 1))
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) sums[(y + 1) * (width + 1) + x + 1] = (plane[y * width + x] ?? 0) + (sums[y * (width + 1) + x + 1] ?? 0) + (sums[(y + 1) * (width + 1) + x] ?? 0) - (sums[y * (width + 1) + x] ?? 0)
  return plane.map((_, i) => {
    const [y, x] = [Math.floor(i / width), i % width]
    const [top, bottom, left, right] = [Math.max(0, y - radius), Math.min(height, y + radius + 1), Math.max(0, x - radius), Math.min(width, x + radius + 1)]
    const at = (v: number, u: number): number => sums[v * (width + 1) + u] ?? 0
    return (at(bottom, right) - at(top, right) - at(bottom, left) + at(top, left)) / ((bottom - top) * (right - left))
  })
}

/** Length of the gradient by central differences. */
function edges(plane: Plane, height: number, width: number): Plane {
  const at = (y: number, x: number): number => plane[Math.max(0, Math.min(height - 1, y)) * width + Math.max(0, Math.min(width - 1, x))] ?? 0
  return plane.map((_, i) => {
    const [y, x] = [Math.floor(i / width), i % width]
    return Math.hypot(at(y, x + 1) - at(y, x - 1), at(y + 1, x) - at(y - 1, x))
  })
}

/** Each colour from 0 to 1, each pixel that of the source which its middle lies in. */
function planes({ height, width, data }: Pixels, to: { readonly height: number; readonly width: number }): Plane[] {
  return COLOURS.map((_, c) => Float32Array.from({ length: to.height * to.width }, (__, i) => {
    const y = Math.min(height - 1, Math.floor(((Math.floor(i / to.width) + 0.5) * height) / to.height))
    const x = Math.min(width - 1, Math.floor((((i % to.width) + 0.5) * width) / to.width))
    return (data[(y * width + x) * 3 + c] ?? 0) / 255
  }))
}

export async function pixelFeatures(bytes: Uint8Array): Promise<PixelFeatures> {
  const pixels = toChannels(await decode(bytes), 3)
  const factor = Math.min(1, MOST_SIDE / Math.max(pixels.height, pixels.width))
  const [height, width] = [Math.max(1, Math.round(pixels.height * factor)), Math.max(1, Math.round(pixels.width * factor))]
  const colours = planes(pixels, { height, width })
  const blur = (plane: Plane, radius: number): Plane => blurred(plane, height, width, radius)
  const grey = Float32Array.from({ length: height * width }, (_, i) => 0.299 * (colours[0]?.[i] ?? 0) + 0.587 * (colours[1]?.[i] ?? 0) + 0.114 * (colours[2]?.[i] ?? 0))
  const mean = blur(grey, 3)
  const square = blur(grey.map((v) => v * v), 3)
  const columns: Plane[] = [
    ...colours,
    ...RADII.flatMap((radius) => colours.map((plane) => blur(plane, radius))),
    square.map((v, i) => Math.sqrt(Math.max(0, v - (mean[i] ?? 0) ** 2))),
    edges(grey, height, width),
    edges(mean, height, width),
    grey.map((_, i) => (i % width) / width),
    grey.map((_, i) => Math.floor(i / width) / height),
  ]
  const data = new Float32Array(height * width * columns.length)
  columns.forEach((plane, c) => { for (let i = 0; i < plane.length; i++) data[i * columns.length + c] = plane[i] ?? 0 })
  return { source: { height: pixels.height, width: pixels.width }, height, width, x: { rows: height * width, columns: columns.length, data } }
}
