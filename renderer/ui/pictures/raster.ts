// Raster: the class of every pixel, from and to the runs of a label, and what a brush does to it.
import type { NumberedLabel } from '../../../engine/contract/label.ts'

export type MaskRuns<C> = readonly (readonly [C | null, number])[]

export interface Raster<C> {
  readonly width: number
  readonly height: number
  /** Row by row; null is background. */
  readonly pixels: (C | null)[]
}

export function rasterOf<C>(width: number, height: number, runs: MaskRuns<C>): Raster<C> {
  const pixels = new Array<C | null>(width * height).fill(null)
  let at = 0
  for (const [kind, length] of runs) {
    pixels.fill(kind, at, Math.min(pixels.length, at + length))
    at += length
  }
  return { width, height, pixels }
}

export function labelOf({ width, height, pixels }: Raster<number>): NumberedLabel {
  const runs: [number | null, number][] = []
  for (const kind of pixels) {
    const last = runs.at(-1)
    if (last && last[0] === kind) last[1]++
    else runs.push([kind, 1])
  }
  return { kind: 'mask', width, height, runs }
}

/** A copy with a disc of `kind` along the way from one point to another; `radius` in pixels. */
export function brushed<C>(raster: Raster<C>, [x1, y1]: readonly [number, number], [x2, y2]: readonly [number, number], radius: number, kind: C | null): Raster<C> {
  const { width, height } = raster
  const pixels = [...raster.pixels]
  const [dx, dy] = [x2 - x1, y2 - y1]
  const length = dx * dx + dy * dy
  for (let y = Math.max(0, Math.floor(Math.min(y1, y2) - radius)); y <= Math.min(height - 1, Math.ceil(Math.max(y1, y2) + radius)); y++) {
    for (let x = Math.max(0, Math.floor(Math.min(x1, x2) - radius)); x <= Math.min(width - 1, Math.ceil(Math.max(x1, x2) + radius)); x++) {
      const [px, py] = [x + 0.5 - x1, y + 0.5 - y1]
      const along = length === 0 ? 0 : Math.max(0, Math.min(1, (px * dx + py * dy) / length))
      if (Math.hypot(px - along * dx, py - along * dy) <= radius) pixels[y * width + x] = kind
    }
  }
  return { width, height, pixels }
}

/** RGBA bytes: each class in its colour (`#rrggbb`), the background clear. */
export function rgba<C>({ width, height, pixels }: Raster<C>, colourOf: (kind: C) => string): Uint8ClampedArray<ArrayBuffer> {
  const out = new Uint8ClampedArray(width * height * 4)
  const known = new Map<C, readonly [number, number, number]>()
  pixels.forEach((kind, i) => {
    if (kind === null) return
    let colour = known.get(kind)
    if (!colour) {
      const hex = colourOf(kind)
      colour = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as readonly [number, number, number]
      known.set(kind, colour)
    }
    out.set([...colour, 255], i * 4)
  })
  return out
}
