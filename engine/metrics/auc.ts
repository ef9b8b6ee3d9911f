// Area under the ROC curve: how often a sample of a class is given a higher probability of it than another sample.
import type { Interval } from './metric.ts'

export interface Auc {
  /** Mean over the classes that have samples and others beside them. */
  readonly value: number
  /** 95 %: mean of the classes' intervals, which is wide rather than narrow. */
  readonly interval: Interval
}

const Z = 1.959963984540054

/** @param probabilities row-major [rows, classes]; rows with label −1 are left out. Null where fewer than two classes have samples. */
export function auc(labels: ArrayLike<number>, probabilities: ArrayLike<number>, classes: number): Auc | null {
  const rows = Int32Array.from({ length: labels.length }, (_, i) => i).filter((i) => (labels[i] ?? -1) >= 0)
  const each: { value: number; interval: Interval }[] = []
  for (let c = 0; c < classes; c++) {
    const positives = rows.reduce((n, i) => n + (labels[i] === c ? 1 : 0), 0)
    const negatives = rows.length - positives
    if (positives === 0 || negatives === 0) continue
    const value = rankSum(labels, probabilities, classes, c, rows, positives) / (positives * negatives)
    each.push({ value, interval: newcombe(value, positives, negatives) })
  }
  if (each.length === 0) return null
  const mean = (of: (one: (typeof each)[number]) => number): number => each.reduce((sum, one) => sum + of(one), 0) / each.length
  return { value: mean((one) => one.value), interval: { low: mean((one) => one.interval.low), high: mean((one) => one.interval.high) } }
}

/** Mann and Whitney's U: pairs in the right order, ties as halves. */
function rankSum(labels: ArrayLike<number>, probabilities: ArrayLike<number>, classes: number, c: number, rows: Int32Array, positives: number): number {
  const p = (i: number): number => probabilities[i * classes + c] ?? 0
  const order = rows.slice().sort((a, b) => p(a) - p(b))
  let sum = 0
  for (let i = 0; i < order.length; ) {
    let j = i
    let inTie = 0
    while (j < order.length && p(order[j] ?? 0) === p(order[i] ?? 0)) inTie += labels[order[j++] ?? 0] === c ? 1 : 0
    // Ranks i + 1 … j share their mean.
    sum += (inTie * (i + 1 + j)) / 2
    i = j
  }
  return sum - (positives * (positives + 1)) / 2
}

/** Interval of a Mann–Whitney statistic that stays within 0 and 1: method 5 of Newcombe, Statistics in Medicine 25, 2006, by bisection. */
function newcombe(value: number, m: number, n: number): Interval {
  const spread = (a: number): number => {
    const half = (m + n) / 2 - 1
    return Math.sqrt((a * (1 - a) * (1 + half * ((1 - a) / (2 - a) + a / (1 + a)))) / (m * n))
  }
  const end = (from: number, to: number): number => {
    let [inside, outside] = [from, to]
    for (let i = 0; i < 60; i++) {
      const mid = (inside + outside) / 2
      if (Math.abs(value - mid) <= Z * spread(mid)) inside = mid
      else outside = mid
    }
    return inside
  }
  return { low: end(value, 0), high: end(value, 1) }
}
