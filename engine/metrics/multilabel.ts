// Metrics of samples with any number of classes: mean average precision, micro and macro F1, exact sets; with intervals.
import { averagePrecision, meanOf } from './average-precision.ts'
import type { ClassScores } from './confusion.ts'
import type { Interval } from './metric.ts'
import { resample } from './resample.ts'

/** Probability from which a class is said to be there. */
export const SAID = 0.5

export interface MultilabelScore {
  readonly metrics: Readonly<Record<string, number>>
  readonly intervals: Readonly<Record<string, Interval>>
  readonly classes: readonly ClassScores[]
}

/** @param truth row-major [rows, classes], 1 where the class is there. @param probabilities of the same shape. */
export function multilabelScore(truth: Uint8Array, probabilities: Float32Array, classes: number, seed: number): MultilabelScore {
  const count = truth.length / classes
  const order = Array.from({ length: classes }, (_, c) => Int32Array.from({ length: count }, (_, i) => i).sort((a, b) => (probabilities[b * classes + c] ?? 0) - (probabilities[a * classes + c] ?? 0)))
  const weights = new Float64Array(count)
  const measure = (rows: Int32Array): Measured => {
    weights.fill(0)
    for (const row of rows) weights[row] = (weights[row] ?? 0) + 1
    return measureWeighted({ truth, probabilities, classes, order, weights })
  }
  const all = measure(Int32Array.from({ length: count }, (_, i) => i))
  return { metrics: all.metrics, classes: all.classes, intervals: resample(count, (rows) => measure(rows).metrics, seed) }
}

interface Weighted {
  readonly truth: Uint8Array
  readonly probabilities: Float32Array
  readonly classes: number
  /** Rows by falling probability, for each class. */
  readonly order: readonly Int32Array[]
  readonly weights: Float64Array
}
interface Measured {
  readonly metrics: Record<string, number>
  readonly classes: ClassScores[]
}

function measureWeighted({ truth, probabilities, classes, order, weights }: Weighted): Measured {
  const [hits, said, there] = [new Float64Array(classes), new Float64Array(classes), new Float64Array(classes)]
  let [exact, total] = [0, 0]
  weights.forEach((weight, row) => {
    let same = true
    for (let c = 0; c < classes; c++) {
      const [yes, is] = [(probabilities[row * classes + c] ?? 0) >= SAID, truth[row * classes + c] === 1]
      if (yes) said[c] = (said[c] ?? 0) + weight
      if (is) there[c] = (there[c] ?? 0) + weight
      if (yes && is) hits[c] = (hits[c] ?? 0) + weight
      same &&= yes === is
    }
    total += weight
    if (same) exact += weight
  })
  const scores = Array.from({ length: classes }, (_, c) => scoresOf(hits[c] ?? 0, said[c] ?? 0, there[c] ?? 0, weightedPrecision(c, { truth, probabilities, classes, order, weights }, there[c] ?? 0)))
  const sum = (values: Float64Array): number => values.reduce((a, b) => a + b, 0)
  const micro = sum(said) + sum(there)
  return {
    metrics: {
      map: meanOf(scores.map((s) => s.ap ?? NaN)),
      'f1-micro': micro > 0 ? (2 * sum(hits)) / micro : 1,
      'f1-macro': meanOf(scores.map((s, c) => ((said[c] ?? 0) + (there[c] ?? 0) > 0 ? s.f1 : NaN))),
      exact: exact / total,
    },
    classes: scores,
  }
}

function weightedPrecision(c: number, { truth, probabilities, classes, order, weights }: Weighted, positives: number): number {
  const rows = order[c] ?? new Int32Array()
  const row = (i: number): number => rows[i] ?? 0
  return averagePrecision({ count: rows.length, score: (i) => probabilities[row(i) * classes + c] ?? 0, weight: (i) => weights[row(i)] ?? 0, hit: (i) => truth[row(i) * classes + c] === 1 }, positives)
}

/** From what was right, what was said and what was there. */
export function scoresOf(hits: number, said: number, there: number, ap: number): ClassScores {
  return { precision: said > 0 ? hits / said : 0, recall: there > 0 ? hits / there : 0, f1: said + there > 0 ? (2 * hits) / (said + there) : 0, support: there, ...(Number.isFinite(ap) && { ap }) }
}
