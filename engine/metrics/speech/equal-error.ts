// Equal error rate of verification: how often two recordings are wrongly taken for one speaker's, or wrongly for two speakers'.
import { Random } from '../../data/random.ts'
import { resample } from '../resample.ts'
import type { Interval } from '../metric.ts'

/** Pairs of more recordings than this are not all formed: this many are drawn evenly from them. */
const MOST_ROWS = 400
const RESAMPLES = 200

/**
 * The rate at the threshold where as many pairs of one speaker lie below it as pairs of two speakers above, between the two nearest thresholds
 * linearly; NaN without pairs of either sort. Martin et al., "The DET curve in assessment of detection task performance", Eurospeech 1997.
 */
export function equalErrorRate(same: readonly number[], different: readonly number[]): number {
  if (same.length === 0 || different.length === 0) return NaN
  const [a, b] = [Float64Array.from(same).sort(), Float64Array.from(different).sort()]
  let rejected = 0
  let below = 0
  let before = { miss: 0, alarm: 1 }
  // From the lowest threshold up: misses grow, false alarms shrink.
  while (rejected < a.length || below < b.length) {
    const next = Math.min(a[rejected] ?? Infinity, b[below] ?? Infinity)
    while (rejected < a.length && (a[rejected] ?? 0) <= next) rejected++
    while (below < b.length && (b[below] ?? 0) <= next) below++
    const now = { miss: rejected / a.length, alarm: 1 - below / b.length }
    if (now.miss >= now.alarm) {
      const gap = now.miss - before.miss + before.alarm - now.alarm
      const share = gap > 0 ? (before.alarm - before.miss) / gap : 0
      return before.miss + share * (now.miss - before.miss)
    }
    before = now
  }
  return 0
}

/** Cosine of the angle between two rows of `embeddings` [count, width]; 0 where one is zero. */
function cosine(embeddings: Float32Array, width: number, i: number, j: number): number {
  let [dot, a, b] = [0, 0, 0]
  for (let k = 0; k < width; k++) {
    const [x, y] = [embeddings[i * width + k] ?? 0, embeddings[j * width + k] ?? 0]
    dot += x * y
    a += x * x
    b += y * y
  }
  return a > 0 && b > 0 ? dot / Math.sqrt(a * b) : 0
}

/**
 * Equal error rate over all pairs of labelled rows, scored by the cosine of their embeddings, with a 95 % interval by drawing recordings anew
 * (a pair of a recording with itself does not count).
 * @param labels class index of each row; −1 where not labelled.
 */
export function verification(embeddings: Float32Array, width: number, labels: Int32Array, seed: number): { readonly rate: number; readonly interval: Interval } {
  const labelled = [...labels.keys()].filter((i) => (labels[i] ?? -1) >= 0)
  const rows = labelled.length > MOST_ROWS ? new Random(seed, 'sample').shuffle(labelled).slice(0, MOST_ROWS) : labelled
  const scores = rows.map((i, at) => rows.map((j, other) => (other < at ? cosine(embeddings, width, i, j) : 0)))
  const rateOf = (drawn: ArrayLike<number>): number => {
    const same: number[] = []
    const different: number[] = []
    for (let p = 0; p < drawn.length; p++) {
      for (let q = 0; q < p; q++) {
        const [i, j] = [drawn[p] ?? 0, drawn[q] ?? 0]
        if (i === j) continue
        const score = scores[Math.max(i, j)]?.[Math.min(i, j)] ?? 0
        if (labels[rows[i] ?? 0] === labels[rows[j] ?? 0]) same.push(score)
        else different.push(score)
      }
    }
    return equalErrorRate(same, different)
  }
  const rate = rateOf(Int32Array.from({ length: rows.length }, (_, i) => i))
  return { rate, interval: resample(rows.length, (drawn) => ({ rate: rateOf(drawn) }), seed, RESAMPLES)['rate'] ?? { low: rate, high: rate } }
}
