// Bins: each column cut at up to 255 places, so that a split is found by counting instead of sorting.
import { at, type Matrix } from '../matrix.ts'

export interface Binned {
  readonly rows: number
  readonly columns: number
  /** Column by column: bin of each row. */
  readonly bins: Uint8Array
  /** For each column the cuts in order; bin b holds what is ≤ cuts[b] and > cuts[b − 1]. */
  readonly cuts: readonly Float32Array[]
}

const MOST = 255

/** Cuts lie midway between neighbouring values; columns with more than 255 different values are cut at their quantiles. */
export function binned(x: Matrix): Binned {
  const bins = new Uint8Array(x.rows * x.columns)
  const cuts = Array.from({ length: x.columns }, (_, j) => {
    const values = Float32Array.from({ length: x.rows }, (_, i) => at(x, i, j))
    const own = cutsOf(values.slice().sort())
    for (let i = 0; i < x.rows; i++) bins[j * x.rows + i] = binOf(own, values[i] ?? 0)
    return own
  })
  return { rows: x.rows, columns: x.columns, bins, cuts }
}

function cutsOf(sorted: Float32Array): Float32Array {
  const distinct: number[] = []
  for (const v of sorted) if (distinct.length === 0 || v !== distinct.at(-1)) distinct.push(v)
  const middle = (a: number, b: number): number => {
    const mid = Math.fround(a + (b - a) / 2)
    // Between neighbouring float32 numbers there is nothing: the lower one then is the cut.
    return mid < b ? mid : a
  }
  if (distinct.length <= MOST + 1) return Float32Array.from({ length: distinct.length - 1 }, (_, i) => middle(distinct[i] ?? 0, distinct[i + 1] ?? 0))
  const cuts = new Set<number>()
  for (let q = 1; q <= MOST; q++) {
    const i = Math.round((q * sorted.length) / (MOST + 1))
    const [a, b] = [sorted[i - 1] ?? 0, sorted[i] ?? 0]
    if (a < b) cuts.add(middle(a, b))
  }
  return Float32Array.from([...cuts].sort((a, b) => a - b))
}

function binOf(cuts: Float32Array, value: number): number {
  let low = 0
  let high = cuts.length
  while (low < high) {
    const mid = (low + high) >> 1
    if (value <= (cuts[mid] ?? 0)) high = mid
    else low = mid + 1
  }
  return low
}
