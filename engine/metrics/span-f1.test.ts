// Span F1: worked out by hand, and as the CoNLL script counts.
import { expect, test } from 'vitest'
import { countSpans, spanScore } from './span-f1.ts'

const span = (start: number, end: number, c: number): { start: number; end: number; class: number } => ({ start, end, class: c })

test('place and class must both be right; each true span counts once', () => {
  expect(countSpans([span(0, 3, 0), span(5, 9, 1)], [span(0, 3, 0), span(5, 9, 0), span(5, 8, 1), span(0, 3, 0)], 2)).toEqual([1, 3, 1, 0, 1, 1])
})

test('precision, recall and F1 over all spans, and of each class', () => {
  const { metrics, intervals, classes } = spanScore([[2, 3, 2, 0, 0, 1], [1, 1, 2, 1, 2, 1]], 2, 1)
  // 4 right of 6 predicted and 6 true.
  expect(metrics).toEqual({ f1: 2 / 3, precision: 4 / 6, recall: 4 / 6 })
  expect(classes).toEqual([{ precision: 3 / 4, recall: 3 / 4, f1: 3 / 4, support: 4 }, { precision: 1 / 2, recall: 1 / 2, f1: 1 / 2, support: 2 }])
  expect(intervals['f1']!.low).toBeLessThanOrEqual(2 / 3)
  expect(intervals['f1']!.high).toBeGreaterThanOrEqual(2 / 3)
})

test('nothing to find and nothing found is 0, not NaN', () => {
  expect(spanScore([[0, 0, 0]], 1, 1).metrics).toEqual({ f1: 0, precision: 0, recall: 0 })
})
