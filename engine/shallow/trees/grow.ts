// Growing one tree: greedy splits by histograms, for classes, numbers and gradients alike.
import type { Random } from '../../data/random.ts'
import type { Binned } from './bins.ts'
import { TreeBuilder, type Tree } from './tree.ts'

export interface GrowOptions {
  readonly depth: number
  /** Fewest rows in a leaf. */
  readonly leaf: number
  /** Columns tried at each split, drawn anew each time; all where null. */
  readonly tries: number | null
  /** Added to the weight of a leaf. */
  readonly lambda: number
}

/**
 * What the tree is to fit: `outputs` sums per row, and its weight.
 * The best split has the largest Σ_o S_o² / (W + λ) summed over its sides: for one-hot classes that is Gini's criterion, for numbers
 * the variance, for gradients and hessians Newton's step (Chen and Guestrin, "XGBoost", 2016, eq. 7). A leaf's value is S / (W + λ).
 */
export interface Goal {
  readonly outputs: number
  /** Row-major [rows, outputs]; with `labels` one-hot rows are meant and this is empty. */
  readonly sums: Float64Array
  readonly labels: Int32Array | null
  readonly weights: Float64Array
}

interface Split {
  readonly feature: number
  readonly bin: number
  readonly gain: number
}

export function grow(x: Binned, goal: Goal, rows: Int32Array, options: GrowOptions, random: Random): Tree {
  const builder = new TreeBuilder(goal.outputs)
  const order = Int32Array.from({ length: x.columns }, (_, j) => j)
  const most = x.cuts.reduce((n, cuts) => Math.max(n, cuts.length + 1), 1)
  const width = goal.outputs + 2
  const histogram = new Float64Array(most * width)

  const below = (from: number, to: number, depth: number): number => {
    const total = new Float64Array(width)
    for (let i = from; i < to; i++) add(goal, rows[i] ?? 0, total, 0)
    const split = depth < options.depth && to - from >= 2 * options.leaf ? best(from, to, total) : null
    if (!split) return builder.leaf(total.subarray(0, goal.outputs).map((s) => s / ((total[goal.outputs] ?? 0) + options.lambda)))
    const node = builder.split(split.feature, x.cuts[split.feature]?.[split.bin] ?? 0)
    const middle = partition(x.bins.subarray(split.feature * x.rows, (split.feature + 1) * x.rows), rows, from, to, split.bin)
    builder.join(node, below(from, middle, depth + 1), below(middle, to, depth + 1))
    return node
  }

  const score = (sums: Float64Array, at: number): number => {
    let square = 0
    for (let o = 0; o < goal.outputs; o++) square += (sums[at + o] ?? 0) ** 2
    const weight = (sums[at + goal.outputs] ?? 0) + options.lambda
    return weight > 1e-12 ? square / weight : 0
  }

  const best = (from: number, to: number, total: Float64Array): Split | null => {
    const base = score(total, 0)
    const left = new Float64Array(width)
    const right = new Float64Array(width)
    let found: Split | null = null
    let tried = 0
    for (let j = 0; j < x.columns && tried < (options.tries ?? x.columns); j++) {
      // Fisher and Yates, one step at a time; a column that is constant here does not count as tried.
      if (options.tries !== null) swap(order, j, j + random.int(x.columns - j))
      const feature = order[j] ?? 0
      const bins = (x.cuts[feature]?.length ?? 0) + 1
      if (bins === 1) continue
      histogram.fill(0, 0, bins * width)
      for (let i = from; i < to; i++) {
        const row = rows[i] ?? 0
        add(goal, row, histogram, (x.bins[feature * x.rows + row] ?? 0) * width)
      }
      left.fill(0)
      let varies = false
      for (let b = 0; b < bins - 1; b++) {
        if ((histogram[b * width + goal.outputs + 1] ?? 0) === 0) continue
        for (let o = 0; o < width; o++) {
          left[o] = (left[o] ?? 0) + (histogram[b * width + o] ?? 0)
          right[o] = (total[o] ?? 0) - (left[o] ?? 0)
        }
        const rest = right[goal.outputs + 1] ?? 0
        if (rest === 0) break
        varies = true
        if ((left[goal.outputs + 1] ?? 0) < options.leaf || rest < options.leaf) continue
        const gain = score(left, 0) + score(right, 0) - base
        if (gain > (found?.gain ?? 1e-9 * Math.max(1e-9, Math.abs(base)))) found = { feature, bin: gapMiddle(histogram, b, bins, width, goal.outputs + 1), gain }
      }
      if (varies) tried++
    }
    return found
  }

  below(0, rows.length, 0)
  return builder.done()
}

/** The bin whose cut lies in the middle of the empty bins after `bin`, as a sorted list of this node's rows would be cut. */
function gapMiddle(histogram: Float64Array, bin: number, bins: number, width: number, count: number): number {
  let next = bin + 1
  while (next < bins - 1 && (histogram[next * width + count] ?? 0) === 0) next++
  return bin + ((next - bin - 1) >> 1)
}

function add({ outputs, sums, labels, weights }: Goal, row: number, into: Float64Array, at: number): void {
  const weight = weights[row] ?? 0
  if (labels) into[at + (labels[row] ?? 0)] = (into[at + (labels[row] ?? 0)] ?? 0) + weight
  else for (let o = 0; o < outputs; o++) into[at + o] = (into[at + o] ?? 0) + (sums[row * outputs + o] ?? 0)
  into[at + outputs] = (into[at + outputs] ?? 0) + weight
  into[at + outputs + 1] = (into[at + outputs + 1] ?? 0) + 1
}

function swap(order: Int32Array, a: number, b: number): void {
  const kept = order[a] ?? 0
  order[a] = order[b] ?? 0
  order[b] = kept
}

/** Rows of bins ≤ `bin` first; gives where the others begin. */
function partition(bins: Uint8Array, rows: Int32Array, from: number, to: number, bin: number): number {
  let left = from
  let right = to - 1
  while (left <= right) {
    if ((bins[rows[left] ?? 0] ?? 0) <= bin) left++
    else swap(rows, left, right--)
  }
  return left
}
