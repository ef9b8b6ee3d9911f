// Pictures of shapes for the built-in samples of vision: drawn from a seed, with the class of each pixel and the box of each shape.
import { Random } from '../data/random.ts'

export const SHAPES = ['circle', 'cross', 'square', 'triangle'] as const

export interface SceneOptions {
  /** Height and width in pixels. */
  readonly side: number
  /** Most shapes in a picture. */
  readonly most: number
  /** Shortest and longest side of a shape in pixels. */
  readonly sizes: readonly [number, number]
}

export interface SceneBox {
  /** Index in SHAPES. */
  readonly class: number
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Scene {
  /** RGB, `side · side · 3` bytes. */
  readonly pixels: Uint8Array
  /** 0 for the ground, else 1 + index in SHAPES; `side · side`. */
  readonly mask: Uint8Array
  /** Around what can be seen of each shape, the hindmost first. */
  readonly boxes: readonly SceneBox[]
}

/** Points that are asked in each direction of a pixel for how much of it a shape covers. */
const GRID = 3
/** A shape of which others leave less to be seen is not drawn. */
const LEAST_SEEN = 0.6
/** Least distance in RGB between a shape and what is behind it. */
const CONTRAST = 70
/** Placements tried for a shape. */
const TRIES = 20

type Rgb = readonly [number, number, number]

interface Outline {
  readonly class: number
  readonly cx: number
  readonly cy: number
  /** Half the sides. */
  readonly rx: number
  readonly ry: number
  readonly cos: number
  readonly sin: number
}

/** Whether a point of the plane, in the shape's own coordinates from −1 to 1, is inside. */
const INSIDE: readonly ((u: number, v: number) => boolean)[] = [
  (u, v) => u * u + v * v <= 1,
  (u, v) => (Math.abs(u) <= 0.36 && Math.abs(v) <= 1) || (Math.abs(v) <= 0.36 && Math.abs(u) <= 1),
  (u, v) => Math.abs(u) <= 1 && Math.abs(v) <= 1,
  (u, v) => v <= 1 && v >= -1 && Math.abs(u) <= (v + 1) / 2,
]

/** Picture `index` of the series `seed`: always the same. */
export function drawScene(seed: number, index: number, { side, most, sizes }: SceneOptions): Scene {
  const random = new Random(seed, 'sample', index)
  const between = (low: number, high: number): number => low + (high - low) * random.uniform()
  const colour = (): Rgb => [between(0, 255), between(0, 255), between(0, 255)]
  const canvas = ground(side, [colour(), colour(), colour()], between(0, 2 * Math.PI))
  /** Which shape is seen at each pixel: 0 none, else 1 + its number. */
  const owner = new Uint8Array(side * side)
  const areas: number[] = []
  const classes: number[] = []
  const count = random.int(most + 1)
  for (let n = 0; n < count; n++) {
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const outline = place(random, side, sizes)
      const cover = coverage(outline, side)
      const behind = meanUnder(canvas, cover)
      const paint = colour()
      if (Math.hypot(paint[0] - behind[0], paint[1] - behind[1], paint[2] - behind[2]) < CONTRAST || hides(owner, cover, areas)) continue
      areas.push(stamp(canvas, owner, cover, paint, areas.length + 1, between(-0.35, 0.35)))
      classes.push(outline.class)
      break
    }
  }
  const noise = between(3, 14)
  const pixels = new Uint8Array(canvas.length)
  for (let i = 0; i < pixels.length; i++) pixels[i] = Math.max(0, Math.min(255, Math.round((canvas[i] ?? 0) + noise * nearlyNormal(random))))
  return { pixels, mask: owner.map((o) => (o === 0 ? 0 : 1 + (classes[o - 1] ?? 0))), boxes: boxesOf(owner, classes, side) }
}

/** Three colours that blend across the picture in waves. */
function ground(side: number, [a, b, c]: readonly [Rgb, Rgb, Rgb], phase: number): Float64Array {
  const out = new Float64Array(side * side * 3)
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const s = 0.5 + 0.5 * Math.sin(phase + (3 * x) / side)
      const t = 0.25 + 0.25 * Math.sin(2 * phase + (4 * y + x) / side)
      for (let k = 0; k < 3; k++) out[(y * side + x) * 3 + k] = (1 - t) * (s * (a[k] ?? 0) + (1 - s) * (b[k] ?? 0)) + t * (c[k] ?? 0)
    }
  }
  return out
}

/** Mean 0, deviation 1: the sum of four bytes. */
function nearlyNormal(random: Random): number {
  const word = random.uint32()
  return ((word & 255) + ((word >>> 8) & 255) + ((word >>> 16) & 255) + (word >>> 24) - 510) / 147.8
}

function place(random: Random, side: number, [least, longest]: readonly [number, number]): Outline {
  const between = (low: number, high: number): number => low + (high - low) * random.uniform()
  const size = least * (longest / least) ** random.uniform()
  const narrow = Math.max(least / size, between(0.7, 1))
  const upright = random.uniform() < 0.5
  const angle = (between(-15, 15) * Math.PI) / 180
  const [w, h] = upright ? [narrow, 1] : [1, narrow]
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  // Turned, it still fits a box whose longer side is `size`.
  const fit = size / 2 / Math.max(w * cos + h * Math.abs(sin), h * cos + w * Math.abs(sin))
  const margin = size / 2 + 1
  return { class: random.int(SHAPES.length), cx: between(margin, side - margin), cy: between(margin, side - margin), rx: w * fit, ry: h * fit, cos, sin }
}

/** Share of each pixel that the shape covers, where it is any. */
function coverage({ class: kind, cx, cy, rx, ry, cos, sin }: Outline, side: number): Map<number, number> {
  const inside = INSIDE[kind] ?? (() => false)
  const reach = Math.ceil(Math.hypot(rx, ry))
  const cover = new Map<number, number>()
  for (let y = Math.max(0, Math.floor(cy) - reach); y <= Math.min(side - 1, Math.ceil(cy) + reach); y++) {
    for (let x = Math.max(0, Math.floor(cx) - reach); x <= Math.min(side - 1, Math.ceil(cx) + reach); x++) {
      let hits = 0
      for (let i = 0; i < GRID * GRID; i++) {
        const dx = x + ((i % GRID) + 0.5) / GRID - cx
        const dy = y + (Math.floor(i / GRID) + 0.5) / GRID - cy
        if (inside((cos * dx + sin * dy) / rx, (cos * dy - sin * dx) / ry)) hits++
      }
      if (hits > 0) cover.set(y * side + x, hits / (GRID * GRID))
    }
  }
  return cover
}

function meanUnder(canvas: Float64Array, cover: ReadonlyMap<number, number>): Rgb {
  const sum: [number, number, number] = [0, 0, 0]
  for (const at of cover.keys()) for (const k of [0, 1, 2] as const) sum[k] += (canvas[at * 3 + k] ?? 0) / cover.size
  return sum
}

/** Whether a shape in front would leave too little of one behind it. */
function hides(owner: Uint8Array, cover: ReadonlyMap<number, number>, areas: readonly number[]): boolean {
  const seen = areas.map(() => 0)
  owner.forEach((o, at) => {
    if (o > 0 && (cover.get(at) ?? 0) < 0.5) seen[o - 1] = (seen[o - 1] ?? 0) + 1
  })
  return areas.some((area, i) => (seen[i] ?? 0) < LEAST_SEEN * area)
}

/** Paints the shape, lighter or darker towards its right side, and returns the number of its pixels. */
function stamp(canvas: Float64Array, owner: Uint8Array, cover: ReadonlyMap<number, number>, paint: Rgb, number: number, slope: number): number {
  const side = Math.sqrt(owner.length)
  let area = 0
  for (const [at, share] of cover) {
    const light = 1 + slope * ((at % side) / side - 0.5)
    for (const k of [0, 1, 2] as const) canvas[at * 3 + k] = (1 - share) * (canvas[at * 3 + k] ?? 0) + share * paint[k] * light
    if (share < 0.5) continue
    owner[at] = number
    area++
  }
  return area
}

function boxesOf(owner: Uint8Array, classes: readonly number[], side: number): SceneBox[] {
  const edges = classes.map(() => ({ left: side, top: side, right: -1, bottom: -1 }))
  owner.forEach((o, at) => {
    const e = edges[o - 1]
    if (!e) return
    const [x, y] = [at % side, Math.floor(at / side)]
    e.left = Math.min(e.left, x)
    e.right = Math.max(e.right, x)
    e.top = Math.min(e.top, y)
    e.bottom = Math.max(e.bottom, y)
  })
  return edges.map((e, i) => ({ class: classes[i] ?? 0, x: e.left, y: e.top, width: e.right - e.left + 1, height: e.bottom - e.top + 1 }))
}
