// Drawn items as pixels and places: pictures, tables of values as heat, rows of a table as points.
import type { DrawnItem } from '../../engine/contract/drawn.ts'
import { viridis } from '../charts/colour-maps.ts'

type Of<K extends DrawnItem['kind']> = Extract<DrawnItem, { kind: K }>
interface Rgba {
  readonly width: number
  readonly height: number
  readonly data: Uint8ClampedArray<ArrayBuffer>
}

/** Grey or colour bytes to RGBA. */
export function rgbaOf({ width, height, channels, data }: Of<'pixels'>): Rgba {
  const out = new Uint8ClampedArray(width * height * 4)
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) out[i * 4 + c] = data[i * channels + (channels === 3 ? c : 0)] ?? 0
    out[i * 4 + 3] = 255
  }
  return { width, height, data: out }
}

/** The lowest value dark, the highest bright; empty cells stay clear. */
export function cellPixels({ width, height, data }: Of<'cells'>): Rgba {
  const known = data.filter(Number.isFinite)
  const low = known.reduce((a, b) => Math.min(a, b), Infinity)
  const span = Math.max(known.reduce((a, b) => Math.max(a, b), -Infinity) - low, 1e-12)
  const out = new Uint8ClampedArray(width * height * 4)
  data.forEach((value, i) => { if (Number.isFinite(value)) out.set([...viridis((value - low) / span), 255], i * 4) })
  return { width, height, data: out }
}

/** Within a margin of 4. */
export function pointsIn({ x, y, classes }: Of<'points'>, width: number, height: number): { readonly x: number; readonly y: number; readonly class: number }[] {
  const placed = (values: Float32Array, size: number): Float32Array => {
    const low = values.reduce((a, b) => Math.min(a, b), Infinity)
    const span = Math.max(values.reduce((a, b) => Math.max(a, b), -Infinity) - low, 1e-12)
    return values.map((v) => 4 + ((v - low) / span) * (size - 8))
  }
  const [across, up] = [placed(x, width), placed(y, height)]
  return [...across].map((at, i) => ({ x: Number(at.toFixed(1)), y: Number((height - (up[i] ?? 0)).toFixed(1)), class: classes[i] ?? -1 }))
}
