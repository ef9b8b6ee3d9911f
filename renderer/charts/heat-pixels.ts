// Attribution map → RGBA pixels and the range that its legend names.
import { blueWhiteRed, viridis } from './colour-maps.ts'

export interface HeatRange {
  readonly low: number
  readonly high: number
}

/** Signed maps are symmetric about zero; magnitudes start at zero (or lower when the map does). */
export function heatRange(map: ArrayLike<number>, signed: boolean): HeatRange {
  let low = 0
  let high = 0
  for (let i = 0; i < map.length; i++) {
    const value = map[i] ?? 0
    if (value < low) low = value
    if (value > high) high = value
  }
  if (!signed) return { low, high: high > low ? high : low + 1 }
  const reach = Math.max(-low, high) || 1
  return { low: -reach, high: reach }
}

/** Row-major map of width × height → width · height · 4 bytes, opaque. */
export function heatPixels(map: ArrayLike<number>, signed: boolean): Uint8ClampedArray<ArrayBuffer> {
  const { low, high } = heatRange(map, signed)
  const pixels = new Uint8ClampedArray(map.length * 4)
  for (let i = 0; i < map.length; i++) {
    const value = map[i] ?? 0
    const [red, green, blue] = signed ? blueWhiteRed(value / high) : viridis((value - low) / (high - low))
    pixels.set([red, green, blue, 255], i * 4)
  }
  return pixels
}
