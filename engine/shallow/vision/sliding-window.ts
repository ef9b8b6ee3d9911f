// A detector without a network: histograms of gradients in windows of every size and place, judged by logistic regression.
import { Random } from '../../data/random.ts'
import { iou, type Box, type ScoredBox } from '../../metrics/detection.ts'
import { BINS, CELL, orientedGradients, resizeGrey, type Cells, type Grey } from '../features/gradients.ts'
import type { LinearFit } from '../fitted.ts'
import { matrix, standardise, standardOf, type Matrix } from '../matrix.ts'
import { fitLogistic } from '../models/logistic-regression.ts'
import { predictShallow } from '../predict.ts'

/** Cells along the side of a window. */
const SIDE = 6
/** Side of a window by that of its object: what is around an object tells where it ends. */
const AROUND = 4 / 3
const WINDOW = SIDE * CELL
const WIDTH = SIDE * SIDE * BINS
/** From one size of window to the next: two labels in between are still met at an IoU of 0.5. */
const STEP = 1.25
/** Windows without an object, for each picture of training. */
const NEGATIVES = 6
/** Pictures that windows are learned from, and those that are searched for hard negatives: more change a linear model little. */
const [LEARNED, SEARCHED] = [400, 100]
/** Windows that overlap more are one object. */
const OVERLAP = 0.4
const MOST_BOXES = 100

export interface LabelledPicture {
  readonly grey: Grey
  readonly boxes: readonly Box[]
}
export interface Detector {
  readonly fitted: LinearFit
  readonly sides: readonly number[]
  readonly classes: number
}

/** A square with the same middle and area. */
function squareOf({ x, y, width, height }: Box): { x: number; y: number; side: number } {
  const side = Math.sqrt(width * height)
  return { x: x + width / 2 - side / 2, y: y + height / 2 - side / 2, side }
}

/** The window around a square. Pixels beyond the picture repeat its edge. */
function windowOf({ height, width, data }: Grey, left: number, top: number, inner: number): Float32Array {
  const side = AROUND * inner
  const [x, y] = [left - (side - inner) / 2, top - (side - inner) / 2]
  const out = new Float32Array(WINDOW * WINDOW)
  const clamp = (v: number, most: number): number => Math.max(0, Math.min(most - 1, Math.floor(v)))
  for (let v = 0; v < WINDOW; v++) for (let u = 0; u < WINDOW; u++) out[v * WINDOW + u] = data[clamp(y + ((v + 0.5) * side) / WINDOW, height) * width + clamp(x + ((u + 0.5) * side) / WINDOW, width)] ?? 0
  return orientedGradients({ height: WINDOW, width: WINDOW, data: out }).data
}

interface Place {
  readonly side: number
  readonly row: number
  readonly column: number
  readonly box: Omit<Box, 'class'>
}

interface Level {
  readonly cells: Cells
  readonly places: readonly Place[]
}

/** All windows around squares of one size, also those that reach beyond the picture: it is shrunk or grown until they have `WINDOW` pixels. */
function levelOf(picture: Grey, side: number): Level {
  const margin = Math.ceil(((AROUND - 1) / 2) * side)
  const grey = padded(picture, margin)
  const scale = WINDOW / (AROUND * side)
  const to = { height: Math.max(WINDOW, Math.round(grey.height * scale)), width: Math.max(WINDOW, Math.round(grey.width * scale)) }
  const cells = orientedGradients(resizeGrey(grey, to))
  const places: Place[] = []
  for (let row = 0; row + SIDE <= cells.rows; row++) for (let column = 0; column + SIDE <= cells.columns; column++) places.push({ side, row, column, box: { x: (column * CELL) / scale + ((AROUND - 1) / 2) * side - margin, y: (row * CELL) / scale + ((AROUND - 1) / 2) * side - margin, width: side, height: side } })
  return { cells, places }
}

/** The edge repeated `margin` pixels outwards. */
function padded({ height, width, data }: Grey, margin: number): Grey {
  const to = { height: height + 2 * margin, width: width + 2 * margin }
  const clamp = (v: number, most: number): number => Math.max(0, Math.min(most - 1, v))
  return { ...to, data: Float32Array.from({ length: to.height * to.width }, (_, i) => data[clamp(Math.floor(i / to.width) - margin, height) * width + clamp((i % to.width) - margin, width)] ?? 0) }
}

function featuresAt({ columns, data }: Cells, { row, column }: Place): Float32Array {
  const out = new Float32Array(WIDTH)
  for (let r = 0; r < SIDE; r++) out.set(data.subarray(((row + r) * columns + column) * BINS, ((row + r) * columns + column + SIDE) * BINS), r * SIDE * BINS)
  return out
}

const overlapOf = (box: Omit<Box, 'class'>, others: readonly Box[]): number => others.reduce((most, other) => Math.max(most, iou({ ...box, class: 0 }, other)), 0)

/** Sizes of windows that cover those of the labels. */
function sidesOf(pictures: readonly LabelledPicture[]): number[] {
  const all = pictures.flatMap(({ boxes }) => boxes.map((box) => squareOf(box).side)).sort((a, b) => a - b)
  const [least, most] = [Math.max(4, all[Math.floor(0.1 * all.length)] ?? WINDOW), all[Math.floor(0.95 * all.length)] ?? WINDOW]
  const sides: number[] = []
  for (let side = least; side < most * Math.sqrt(STEP); side *= STEP) sides.push(side)
  return sides
}

/** At most `most`, evenly spaced. */
const some = <T>(items: readonly T[], most: number): T[] => items.filter((_, i) => Math.floor((i * most) / items.length) !== Math.floor(((i - 1) * most) / items.length) || items.length <= most)

/** Dalal and Triggs, CVPR 2005, with one round of hard negatives. */
export function fitDetector(all: readonly LabelledPicture[], classes: number, c: number, { seed, signal }: { readonly seed: number; readonly signal?: AbortSignal }): Detector {
  const sides = sidesOf(all)
  const pictures = some(all, LEARNED)
  const [rows, labels]: [Float32Array[], number[]] = [[], []]
  const add = (row: Float32Array, label: number): void => {
    rows.push(row)
    labels.push(label)
  }
  pictures.forEach(({ grey, boxes }, i) => {
    signal?.throwIfAborted()
    for (const box of boxes) {
      const { x, y, side } = squareOf(box)
      add(windowOf(grey, x, y, side), box.class)
    }
    const random = new Random(seed, 'sample', i)
    for (let n = 0; n < NEGATIVES; n++) {
      const side = Math.min(sides[random.int(sides.length)] ?? WINDOW, grey.height, grey.width)
      const [x, y] = [random.uniform() * (grey.width - side), random.uniform() * (grey.height - side)]
      if (overlapOf({ x, y, width: side, height: side }, boxes) < 0.3) add(windowOf(grey, x, y, side), classes)
    }
  })
  const fit = (): LinearFit => {
    const x: Matrix = matrix(rows, WIDTH)
    const standard = standardOf(x)
    return fitLogistic(standardise(x, standard), Int32Array.from(labels), classes + 1, c, standard, signal)
  }
  const first: Detector = { fitted: fit(), sides, classes }
  for (const { grey, boxes } of some(pictures, SEARCHED)) {
    signal?.throwIfAborted()
    const wrong = windows(first, grey).filter(({ box, score }) => score > 0.3 && overlapOf(box, boxes) < 0.4).sort((a, b) => b.score - a.score)
    for (const { row } of wrong.slice(0, NEGATIVES)) add(row, classes)
  }
  return { ...first, fitted: fit() }
}

/** Every window with its class and how sure that is. */
function windows({ fitted, sides, classes }: Detector, grey: Grey): { box: Box; score: number; row: Float32Array }[] {
  return sides.flatMap((side) => {
    if (side > Math.max(grey.height, grey.width)) return []
    const { cells, places } = levelOf(grey, side)
    const rows = places.map((place) => featuresAt(cells, place))
    const p = predictShallow(fitted, matrix(rows, WIDTH))
    return places.map(({ box }, i) => {
      let best = 0
      for (let k = 1; k < classes; k++) if ((p[i * (classes + 1) + k] ?? 0) > (p[i * (classes + 1) + best] ?? 0)) best = k
      return { box: { ...box, class: best }, score: p[i * (classes + 1) + best] ?? 0, row: rows[i] ?? new Float32Array() }
    })
  })
}

/** The best first, each object once. */
export function detect(detector: Detector, grey: Grey): ScoredBox[] {
  const kept: ScoredBox[] = []
  for (const { box, score } of windows(detector, grey).filter((w) => w.score > 0.02).sort((a, b) => b.score - a.score)) {
    if (kept.length >= MOST_BOXES) break
    if (!kept.some((other) => other.class === box.class && iou(other, box) > OVERLAP)) kept.push({ ...box, score })
  }
  return kept
}
