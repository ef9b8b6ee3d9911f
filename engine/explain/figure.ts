// Figure of an explanation: the sample, the map and the two together, with a numeric scale; pure pixels.
import type { Explanation } from '../contract/commands.ts'
import type { Pixels } from '../data/types.ts'
import { scaleOf, type Rgb, type Scale } from './colour.ts'
import { drawText, GLYPH_HEIGHT, textWidth } from './glyphs.ts'

export interface Figure {
  readonly width: number
  readonly height: number
  /** RGBA, opaque. */
  readonly data: Uint8Array
}

/** Least size of a panel's longer side. */
const PANEL = 256
export const GAP = 12
export const BAR = 16
const DOT = 2
const OPACITY = 0.6
const INK: Rgb = [32, 32, 32]

type Shown = Pick<Explanation, 'map' | 'height' | 'width' | 'signed'>

/** Panels from left to right: sample, map, map over the sample in grey; then the scale. A map's cell is a square of whole pixels. */
export function explanationFigure(sample: Pixels, shown: Shown): Figure {
  const { map, height: rows, width: columns, signed } = shown
  const cell = Math.max(1, Math.ceil(PANEL / Math.max(rows, columns)))
  const [panelWidth, panelHeight] = [columns * cell, rows * cell]
  const scale = scaleOf(map, signed)
  const labels = [scale.high, (scale.high + scale.low) / 2, scale.low].map(numeral)
  const barX = GAP + 3 * (panelWidth + GAP)
  const width = barX + BAR + GAP + scaleWidth(labels)
  const height = panelHeight + 2 * GAP
  const data = new Uint8Array(width * height * 4).fill(255)
  const set = (x: number, y: number, [r, g, b]: Rgb): void => {
    data.set([r, g, b], (y * width + x) * 4)
  }
  for (let y = 0; y < panelHeight; y++) {
    for (let x = 0; x < panelWidth; x++) {
      const colour = pixel(sample, x / panelWidth, y / panelHeight)
      const heat = scale.colour(map[Math.floor(y / cell) * columns + Math.floor(x / cell)] ?? 0)
      set(GAP + x, GAP + y, colour)
      set(2 * GAP + panelWidth + x, GAP + y, heat)
      set(3 * GAP + 2 * panelWidth + x, GAP + y, over(heat, colour))
    }
  }
  drawScale(set, scale, labels, barX, panelHeight)
  return { width, height, data }
}

/** Pixels that the numbers of the scale take, with the margin behind them. */
export const scaleWidth = (labels: readonly string[]): number => Math.max(...labels.map(textWidth)) * DOT + GAP

/** A bar of colours from high to low with its numbers. */
export function drawScale(set: (x: number, y: number, colour: Rgb) => void, scale: Scale, labels: readonly string[], left: number, panelHeight: number): void {
  for (let y = 0; y < panelHeight; y++) {
    const colour = scale.colour(scale.high - ((scale.high - scale.low) * y) / Math.max(1, panelHeight - 1))
    for (let x = 0; x < BAR; x++) set(left + x, GAP + y, colour)
  }
  labels.forEach((label, i) => {
    const top = GAP + Math.round((i / (labels.length - 1)) * (panelHeight - GLYPH_HEIGHT * DOT))
    drawText(label, (column, row) => {
      for (let dy = 0; dy < DOT; dy++) for (let dx = 0; dx < DOT; dx++) set(left + BAR + GAP + column * DOT + dx, top + row * DOT + dy, INK)
    })
  })
}

export const numeral = (v: number): string => (v === 0 ? '0' : String(Number(v.toPrecision(2))))

/** Nearest pixel at a place given in shares of the sides. */
function pixel({ data, width, height, channels }: Pixels, x: number, y: number): Rgb {
  const at = (Math.floor(y * height) * width + Math.floor(x * width)) * channels
  const [r, g, b] = [0, 1, 2].map((c) => data[at + (channels === 1 ? 0 : c)] ?? 0)
  return [r ?? 0, g ?? 0, b ?? 0]
}

function over(heat: Rgb, [r, g, b]: Rgb): Rgb {
  const grey = 0.299 * r + 0.587 * g + 0.114 * b
  const mix = (h: number): number => Math.round(h * OPACITY + grey * (1 - OPACITY))
  return [mix(heat[0]), mix(heat[1]), mix(heat[2])]
}
