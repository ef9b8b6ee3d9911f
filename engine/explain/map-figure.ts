// Figure of an explanation of what is no picture: a strip a row of the map, the sample's own curve over it where it has one, and the scale.
import type { Explanation } from '../contract/commands.ts'
import { scaleOf, type Rgb } from './colour.ts'
import { BAR, drawScale, GAP, numeral, scaleWidth, type Figure } from './figure.ts'

/** Least width of the strips. */
const WIDTH = 512
const STRIP = 64
const LEAST_STRIP = 4
/** Of all strips together, where there are many. */
const MOST_HEIGHT = 512
const INK: Rgb = [24, 24, 24]

/**
 * `curves`: values over time for each row of the map, of any length; null without. A map with a backdrop (a spectrogram) is drawn over it in
 * grey, as strong as its values are, with its first row at the bottom.
 */
export function mapFigure({ map, height: rows, width: columns, signed, backdrop }: Pick<Explanation, 'map' | 'height' | 'width' | 'signed' | 'backdrop'>, curves: readonly ArrayLike<number>[] | null = null): Figure {
  const cell = Math.max(1, Math.ceil(WIDTH / columns))
  const strip = Math.max(LEAST_STRIP, Math.min(STRIP, Math.floor(MOST_HEIGHT / rows)))
  const [panelWidth, panelHeight] = [columns * cell, rows * strip]
  const scale = scaleOf(map, signed)
  const labels = [scale.high, (scale.high + scale.low) / 2, scale.low].map(numeral)
  const barX = 2 * GAP + panelWidth
  const width = barX + BAR + GAP + scaleWidth(labels)
  const height = Math.max(panelHeight, STRIP) + 2 * GAP
  const data = new Uint8Array(width * height * 4).fill(255)
  const set = (x: number, y: number, [r, g, b]: Rgb): void => {
    data.set([r, g, b], (y * width + x) * 4)
  }
  for (let y = 0; y < panelHeight; y++) {
    const row = Math.floor(y / strip)
    for (let x = 0; x < panelWidth; x++) {
      const at = (backdrop ? rows - 1 - row : row) * columns + Math.floor(x / cell)
      const value = map[at] ?? 0
      set(GAP + x, GAP + y, backdrop ? over(backdrop[at] ?? 0, scale.colour(value), Math.abs(value) / scale.high) : scale.colour(value))
    }
  }
  if (curves && strip >= 16) curves.slice(0, rows).forEach((curve, row) => {
    drawCurve(curve, panelWidth, strip, (x, y) => {
      set(GAP + x, GAP + row * strip + y, INK)
    })
  })
  drawScale(set, scale, labels, barX, Math.max(panelHeight, STRIP))
  return { width, height, data }
}

/** `colour` laid over a grey level; its square root lets middling values be seen too. */
function over(level: number, [r, g, b]: Rgb, share: number): Rgb {
  const part = Math.sqrt(Math.min(1, share))
  const mix = (v: number): number => Math.round(level + (v - level) * part)
  return [mix(r), mix(g), mix(b)]
}

/** Straight lines between the values, scaled to the strip with a margin. */
function drawCurve(curve: ArrayLike<number>, width: number, height: number, dot: (x: number, y: number) => void): void {
  const values = Array.from(curve)
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const margin = 3
  const at = (x: number): number => {
    const place = (x / Math.max(1, width - 1)) * (values.length - 1)
    const i = Math.min(Math.floor(place), values.length - 1)
    const value = (values[i] ?? 0) + ((values[i + 1] ?? values[i] ?? 0) - (values[i] ?? 0)) * (place - i)
    return Math.round(margin + (high > low ? (high - value) / (high - low) : 0.5) * (height - 1 - 2 * margin))
  }
  for (let x = 0, before = at(0); x < width; x++) {
    const y = at(x)
    for (let v = Math.min(before, y); v <= Math.max(before, y); v++) dot(x, v)
    before = y
  }
}
