// Template matching of connected words: recordings of words, and the row of them that a recording is most like.
import { FRAME, type Frames } from './frames.ts'

export interface Template {
  /** Index of its word; −1 is silence. */
  readonly word: number
  readonly count: number
  /** Row-major [count, FRAME]. */
  readonly data: Float32Array
}
export interface Segment {
  readonly word: number
  /** Frames, end excluded. */
  readonly from: number
  readonly to: number
}

interface Column {
  readonly template: Template
  cost: Float64Array
  /** Frame at which the path through each state began. */
  start: Int32Array
}
const column = (template: Template): Column => ({ template, cost: new Float64Array(template.count).fill(Infinity), start: new Int32Array(template.count).fill(-1) })

function distance(frames: Frames, t: number, { data }: Template, j: number): number {
  let sum = 0
  for (let k = 0; k < FRAME; k++) sum += ((frames.data[t * FRAME + k] ?? 0) - (data[j * FRAME + k] ?? 0)) ** 2
  return Math.sqrt(sum)
}

/** One frame on: each state comes from itself, the one before or the one before that; `entry` is the cost of beginning here. */
function advance(one: Column, frames: Frames, t: number, entry: number): void {
  const { template } = one
  const [cost, start] = [new Float64Array(template.count), new Int32Array(template.count)]
  for (let j = 0; j < template.count; j++) {
    let [best, from] = j <= 1 ? [entry, t] : [Infinity, -1]
    for (let back = 0; back <= 2 && j - back >= 0; back++) {
      const before = one.cost[j - back] ?? Infinity
      if (before < best) [best, from] = [before, one.start[j - back] ?? -1]
    }
    cost[j] = best + distance(frames, t, template, j)
    start[j] = from
  }
  one.cost = cost
  one.start = start
}

interface End {
  readonly cost: number
  readonly word: number
  readonly start: number
}
const NONE: End = { cost: Infinity, word: -1, start: 0 }

function bestEnd(columns: readonly Column[]): End {
  let best = NONE
  for (const { template, cost, start } of columns) {
    const last = cost[template.count - 1] ?? Infinity
    if (last < best.cost) best = { cost: last, word: template.word, start: start[template.count - 1] ?? 0 }
  }
  return best
}

/**
 * The row of words that the recording is most like, any number of them: one-stage dynamic programming over all templates at once.
 * Ney, "The use of a one-stage dynamic programming algorithm for connected word recognition", IEEE ASSP 32, 1984.
 * @param penalty cost of each word, which holds short ones back.
 */
export function recognise(frames: Frames, templates: readonly Template[], penalty: number): number[] {
  const columns = templates.map(column)
  const ends: End[] = []
  for (let t = 0; t < frames.count; t++) {
    const before = t === 0 ? 0 : (ends[t - 1]?.cost ?? Infinity)
    for (const one of columns) advance(one, frames, t, before + (one.template.word < 0 ? 0 : penalty))
    ends.push(bestEnd(columns))
  }
  const words: number[] = []
  for (let t = frames.count - 1; t >= 0; ) {
    const { word, start } = ends[t] ?? NONE
    if (word >= 0) words.push(word)
    t = Math.min(t, start) - 1
  }
  return words.reverse()
}

/** Where the words of a known row stand; silence may stand before, between and behind. Null where the recording is too short for them. */
export function align(frames: Frames, row: readonly number[], templatesOf: (word: number) => readonly Template[], silence: Template): Segment[] | null {
  const places = [silence.word, ...row.flatMap((word) => [word, silence.word])]
  const columns = places.map((word) => (word < 0 ? [silence] : templatesOf(word)).map(column))
  const ends: End[][] = []
  for (let t = 0; t < frames.count; t++) {
    // An odd place is a word: it may follow the silence before it, or the word before that.
    const entry = (p: number): number => (t === 0 ? (p <= 1 ? 0 : Infinity) : Math.min(ends[t - 1]?.[p - 1]?.cost ?? Infinity, p % 2 === 1 ? (ends[t - 1]?.[p - 2]?.cost ?? Infinity) : Infinity))
    const entries = places.map((_, p) => entry(p))
    columns.forEach((own, p) => { for (const one of own) advance(one, frames, t, entries[p] ?? Infinity) })
    ends.push(columns.map(bestEnd))
  }
  const cost = (t: number, p: number): number => ends[t]?.[p]?.cost ?? Infinity
  const segments: Segment[] = []
  let t = frames.count - 1
  let p = cost(t, places.length - 1) < cost(t, places.length - 2) ? places.length - 1 : places.length - 2
  if (cost(t, p) === Infinity) return null
  while (p >= 0 && t >= 0) {
    const { start } = ends[t]?.[p] ?? NONE
    if (p % 2 === 1) segments.push({ word: places[p] ?? -1, from: start, to: t + 1 })
    t = start - 1
    p = p % 2 === 1 && (p < 2 || cost(t, p - 2) <= cost(t, p - 1)) ? p - 2 : p - 1
  }
  return segments.reverse()
}

export const cut = (frames: Frames, { word, from, to }: Segment): Template => ({ word, count: to - from, data: frames.data.slice(from * FRAME, to * FRAME) })
