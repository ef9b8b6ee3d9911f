// Histograms of oriented gradients: which way edges run in each cell of a picture, without what its brightness is.
import { toChannels } from '../../data/load.ts'
import { decode } from '../../data/decode.ts'
import type { FeatureDef } from './features.ts'

/** Sides of a cell in pixels, and directions told apart in half a turn. */
export const CELL = 8
export const BINS = 9
/** Added to the energy of a neighbourhood, of brightness at full scale 1: noise on even ground is no edge. */
const FLOOR = 0.1

/** Row-major brightness from 0 to 1. */
export interface Grey {
  readonly height: number
  readonly width: number
  readonly data: Float32Array
}

/** Means of the pixels under each new pixel; where it is smaller than an old one, that one. */
export function resizeGrey({ height, width, data }: Grey, to: { readonly height: number; readonly width: number }): Grey {
  const out = new Float32Array(to.height * to.width)
  for (let y = 0; y < to.height; y++) {
    const top = Math.floor((y * height) / to.height)
    const bottom = Math.max(top + 1, Math.floor(((y + 1) * height) / to.height))
    for (let x = 0; x < to.width; x++) {
      const left = Math.floor((x * width) / to.width)
      const right = Math.max(left + 1, Math.floor(((x + 1) * width) / to.width))
      let sum = 0
      for (let v = top; v < bottom; v++) for (let u = left; u < right; u++) sum += data[v * width + u] ?? 0
      out[y * to.width + x] = sum / ((bottom - top) * (right - left))
    }
  }
  return { ...to, data: out }
}

/** Of a picture's own size. */
export async function greyOf(bytes: Uint8Array): Promise<Grey> {
  const { height, width, data } = toChannels(await decode(bytes), 1)
  return { height, width, data: Float32Array.from(data, (v) => v / 255) }
}

export interface Cells {
  readonly rows: number
  readonly columns: number
  /** Row-major [rows, columns, BINS]. */
  readonly data: Float32Array
}

/**
 * Central differences, each shared by the two nearest directions; a cell's histogram is divided by the norm of the 3 × 3 cells around it.
 * Dalal and Triggs, "Histograms of oriented gradients for human detection", CVPR 2005, with one normalisation a cell instead of four.
 */
export function orientedGradients({ height, width, data }: Grey): Cells {
  const [rows, columns] = [Math.max(1, Math.floor(height / CELL)), Math.max(1, Math.floor(width / CELL))]
  const raw = new Float32Array(rows * columns * BINS)
  const at = (y: number, x: number): number => data[Math.max(0, Math.min(height - 1, y)) * width + Math.max(0, Math.min(width - 1, x))] ?? 0
  for (let y = 0; y < Math.min(height, rows * CELL); y++) {
    for (let x = 0; x < Math.min(width, columns * CELL); x++) {
      const [dx, dy] = [at(y, x + 1) - at(y, x - 1), at(y + 1, x) - at(y - 1, x)]
      const size = Math.hypot(dx, dy)
      if (size === 0) continue
      const turn = ((Math.atan2(dy, dx) / Math.PI + 1) % 1) * BINS
      const bin = Math.floor(turn) % BINS
      const cell = (Math.floor(y / CELL) * columns + Math.floor(x / CELL)) * BINS
      const next = (bin + 1) % BINS
      raw[cell + bin] = (raw[cell + bin] ?? 0) + size * (1 - (turn - Math.floor(turn)))
      raw[cell + next] = (raw[cell + next] ?? 0) + size * (turn - Math.floor(turn))
    }
  }
  return { rows, columns, data: normalised(raw, rows, columns) }
}

function normalised(raw: Float32Array, rows: number, columns: number): Float32Array {
  const energy = new Float64Array(rows * columns)
  for (let i = 0; i < raw.length; i++) energy[Math.floor(i / BINS)] = (energy[Math.floor(i / BINS)] ?? 0) + (raw[i] ?? 0) ** 2
  const out = new Float32Array(raw.length)
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      let around = FLOOR
      for (let v = Math.max(0, r - 1); v <= Math.min(rows - 1, r + 1); v++) for (let u = Math.max(0, c - 1); u <= Math.min(columns - 1, c + 1); u++) around += energy[v * columns + u] ?? 0
      const scale = 1 / Math.sqrt(around)
      for (let b = 0; b < BINS; b++) out[(r * columns + c) * BINS + b] = scale * (raw[(r * columns + c) * BINS + b] ?? 0)
    }
  }
  return out
}

const SIDE = 64

export const gradients: FeatureDef = {
  title: `histograms of oriented gradients of ${SIDE / CELL} × ${SIDE / CELL} cells`,
  fit: () => ({
    names: Array.from({ length: (SIDE / CELL) ** 2 * BINS }, (_, i) => `edges of cell ${Math.floor(i / BINS / (SIDE / CELL))}, ${Math.floor(i / BINS) % (SIDE / CELL)} in direction ${i % BINS}`),
    counts: false,
    of: async (bytes) => orientedGradients(resizeGrey(await greyOf(bytes), { height: SIDE, width: SIDE })).data,
    describe: () => ({ gradients: 'histograms of oriented gradients, each cell divided by the norm of the 3 × 3 around it', side: SIDE, cell: CELL, directions: BINS, floor: FLOOR }),
  }),
}
