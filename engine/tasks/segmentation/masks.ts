// Masks: runs of a label and arrays of pixels, and from one size to another.
import type { NamedLabel, NumberedLabel } from '../../contract/label.ts'

export type NumberedMask = Extract<NumberedLabel, { kind: 'mask' }>
export type NamedMask = Extract<NamedLabel, { kind: 'mask' }>

export interface Raster {
  readonly width: number
  readonly height: number
  /** 0 for the background, else 1 + class. */
  readonly data: Uint8Array
}

/** Pixels that the runs leave out are background; what they say beyond the picture is dropped. */
export function rasterOf({ width, height, runs }: NumberedMask): Raster {
  const data = new Uint8Array(width * height)
  let at = 0
  for (const [kind, length] of runs) {
    if (kind !== null) data.fill(kind + 1, at, Math.min(data.length, at + length))
    at += length
  }
  return { width, height, data }
}

/** Runs of equal pixels with the classes' names. */
export function runsOf(raster: Raster, name: (kind: number) => string): NamedMask {
  const { width, height, runs } = numberedRuns(raster)
  return { kind: 'mask', width, height, runs: runs.map(([kind, length]) => [kind === null ? null : name(kind), length]) }
}

/** Runs of equal pixels with indices of classes. */
export function numberedRuns({ width, height, data }: Raster): NumberedMask {
  const runs: [number | null, number][] = []
  for (let at = 0; at < data.length; ) {
    const kind = data[at] ?? 0
    let end = at + 1
    while (end < data.length && data[end] === kind) end++
    runs.push([kind === 0 ? null : kind - 1, end - at])
    at = end
  }
  return { kind: 'mask', width, height, runs }
}

/** Each pixel that of the source which its middle lies in. */
export function resizeMask({ width, height, data }: Raster, to: { readonly width: number; readonly height: number }): Raster {
  if (width === to.width && height === to.height) return { width, height, data }
  const out = new Uint8Array(to.width * to.height)
  const columns = Int32Array.from({ length: to.width }, (_, x) => Math.min(width - 1, Math.floor(((x + 0.5) * width) / to.width)))
  for (let y = 0; y < to.height; y++) {
    const row = Math.min(height - 1, Math.floor(((y + 0.5) * height) / to.height)) * width
    for (let x = 0; x < to.width; x++) out[y * to.width + x] = data[row + (columns[x] ?? 0)] ?? 0
  }
  return { ...to, data: out }
}

/** Longest side at which masks are compared and kept. */
const MOST_SIDE = 512

/** The size of a picture, or smaller with the same proportions. */
export function maskSize({ width, height }: { readonly width: number; readonly height: number }): { width: number; height: number } {
  const factor = Math.min(1, MOST_SIDE / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * factor)), height: Math.max(1, Math.round(height * factor)) }
}
