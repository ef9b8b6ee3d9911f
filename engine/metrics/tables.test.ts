// AUC, regression and ranking metrics against scikit-learn's numbers and cases worked out by hand.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { auc } from './auc.ts'
import { ndcgOf, rankOf, rankScore } from './ranking.ts'
import { numberScore } from './regression.ts'

const known = JSON.parse(readFileSync(new URL('../../test/fixtures/sklearn/shallow.json', import.meta.url), 'utf8')) as Record<string, number[]> & { metrics: Record<string, number> }

test('AUC of three classes and of two', () => {
  expect(auc(known['three']!, known['gaussian']!, 3)?.value).toBeCloseTo(known.metrics['auc']!, 10)
  expect(auc(known['two']!, known['logistic2']!, 2)?.value).toBeCloseTo(known.metrics['auc2']!, 10)
})

test('AUC: ties count half, a class alone has none, perfection leaves doubt', () => {
  expect(auc([0, 1, 1, 0], [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5], 2)?.value).toBe(0.5)
  expect(auc([1, 1, -1], [0.2, 0.8, 0.1, 0.9, 0.6, 0.4], 2)).toBeNull()
  const perfect = auc([0, 0, 1, 1], [0.9, 0.1, 0.8, 0.2, 0.3, 0.7, 0.1, 0.9], 2)
  expect(perfect?.value).toBe(1)
  expect(perfect?.interval.high).toBe(1)
  expect(perfect?.interval.low).toBeLessThan(0.8)
})

test('RMSE, MAE and R²', () => {
  const { metrics, intervals, samples } = numberScore([...known['number']!, NaN], [...known['ridge']!, 5], 1)
  expect(samples).toBe(80)
  for (const name of ['rmse', 'mae', 'r2']) {
    expect(metrics[name], name).toBeCloseTo(known.metrics[name]!, 8)
    expect(intervals[name]!.low).toBeLessThan(metrics[name]!)
    expect(intervals[name]!.high).toBeGreaterThan(metrics[name]!)
  }
  expect(numberScore([3, 3], [3, 4], 1).metrics).not.toHaveProperty('r2')
  expect(() => numberScore([NaN], [1], 1)).toThrow(/none of the 1 rows has a number/)
})

test('ranks leave out what was seen, and equal scores help nobody', () => {
  expect(rankOf([5, 4, 3, 2, 1], 2, new Set())).toBe(3)
  expect(rankOf([5, 4, 3, 2, 1], 2, new Set([0]))).toBe(2)
  expect(rankOf([1, 1, 1], 0, new Set())).toBe(3)
  expect(ndcgOf(1)).toBe(1)
  expect(ndcgOf(3)).toBeCloseTo(0.5, 12)
  expect(ndcgOf(11)).toBe(0)
})

test('each user counts once', () => {
  const { metrics, users, intervals } = rankScore([7, 7, 9], [1, 20, 3], 1)
  expect(users).toBe(2)
  expect(metrics['hit10']).toBe(0.75)
  expect(metrics['ndcg10']).toBeCloseTo((0.5 + 0.5) / 2, 12)
  expect(intervals['hit10']).toEqual({ low: 0.5, high: 1 })
  expect(() => rankScore([], [], 1)).toThrow(/no held-out item/)
})
