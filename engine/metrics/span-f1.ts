// Span F1: precision, recall and F1 of whole spans, as CoNLL counts them: place and class must both be right.
import { measureSums } from './bootstrap-sums.ts'
import type { ClassScores } from './confusion.ts'
import type { Interval } from './metric.ts'

export interface CountedSpan {
  readonly start: number
  readonly end: number
  readonly class: number
}

export interface SpanScore {
  /** `f1`, `precision`, `recall` over all classes together. */
  readonly metrics: Readonly<Record<string, number>>
  /** 95 %, texts drawn anew. */
  readonly intervals: Readonly<Record<string, Interval>>
  readonly classes: readonly ClassScores[]
}

/** Right, predicted and true spans of each class of one text: [right₀, predicted₀, true₀, right₁, …]. */
export function countSpans(truth: readonly CountedSpan[], predicted: readonly CountedSpan[], classes: number): number[] {
  const counts = new Array<number>(3 * classes).fill(0)
  const key = (s: CountedSpan): string => `${s.start} ${s.end} ${s.class}`
  const wanted = new Set(truth.map(key))
  const bump = (i: number): void => {
    counts[i] = (counts[i] ?? 0) + 1
  }
  for (const span of predicted) {
    bump(3 * span.class + 1)
    if (wanted.delete(key(span))) bump(3 * span.class)
  }
  for (const span of truth) bump(3 * span.class + 2)
  return counts
}

const ratio = (a: number, b: number): number => (b > 0 ? a / b : 0)
const f1 = (right: number, predicted: number, truth: number): number => ratio(2 * right, predicted + truth)

/** @param counts of `countSpans`, one for each text. Tjong Kim Sang and De Meulder, "Introduction to the CoNLL-2003 shared task", https://aclanthology.org/W03-0419. */
export function spanScore(counts: readonly (readonly number[])[], classes: number, seed: number): SpanScore {
  const all = (sums: ArrayLike<number>, part: number): number => Array.from({ length: classes }, (_, c) => sums[3 * c + part] ?? 0).reduce((a, b) => a + b, 0)
  const { metrics, intervals } = measureSums(
    counts,
    {
      f1: (sums) => f1(all(sums, 0), all(sums, 1), all(sums, 2)),
      precision: (sums) => ratio(all(sums, 0), all(sums, 1)),
      recall: (sums) => ratio(all(sums, 0), all(sums, 2)),
    },
    seed,
  )
  const total = (i: number): number => counts.reduce((sum, row) => sum + (row[i] ?? 0), 0)
  return {
    metrics,
    intervals,
    classes: Array.from({ length: classes }, (_, c) => {
      const [right, predicted, truth] = [total(3 * c), total(3 * c + 1), total(3 * c + 2)]
      return { precision: ratio(right, predicted), recall: ratio(right, truth), f1: f1(right, predicted, truth), support: truth }
    }),
  }
}
