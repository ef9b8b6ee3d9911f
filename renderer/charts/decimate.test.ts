// Tests of decimation.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decimate, windowOf, type Point } from './decimate.ts'

test('few points are left alone', () => {
  const points: Point[] = [[0, 1], [1, 2]]
  expect(decimate(points, 100)).toBe(points)
})

test('100,000 points shrink and no spike is lost', () => {
  const points: Point[] = Array.from({ length: 100_000 }, (_, i) => [i, i === 54_321 ? 99 : i === 12_345 ? -99 : Math.sin(i / 50)])
  const kept = decimate(points, 300)
  expect(kept.length).toBeLessThanOrEqual(1200)
  expect(kept).toContainEqual([54_321, 99])
  expect(kept).toContainEqual([12_345, -99])
  expect(kept[0]).toEqual(points[0])
  expect(kept.at(-1)).toEqual(points.at(-1))
})

test('order, membership and extremes hold for any curve', () => {
  fc.assert(fc.property(fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 50, maxLength: 400 }), fc.integer({ min: 1, max: 10 }), (values, columns) => {
    const points: Point[] = values.map((v, i) => [i, v])
    const kept = decimate(points, columns)
    expect(kept.every((p, i) => i === 0 || p[0] > (kept[i - 1]?.[0] ?? -1))).toBe(true)
    expect(Math.max(...kept.map((p) => p[1]))).toBe(Math.max(...values))
    expect(Math.min(...kept.map((p) => p[1]))).toBe(Math.min(...values))
  }))
})

test('a break in the line is kept', () => {
  const points: Point[] = Array.from({ length: 1000 }, (_, i) => [i, i === 500 ? NaN : 1])
  expect(decimate(points, 10).some(([, y]) => Number.isNaN(y))).toBe(true)
})

test('a window is cut where the line crosses its edges', () => {
  const points: Point[] = [0, 1, 2, 3, 4].map((x) => [x, x * 10])
  expect(windowOf(points, 1.5, 2.5)).toEqual([[1.5, 15], [2, 20], [2.5, 25]])
  expect(windowOf(points, 1, 3)).toEqual([[1, 10], [2, 20], [3, 30]])
  expect(windowOf(points, -5, 9)).toEqual(points)
  expect(windowOf(points, 2.25, 2.5)).toEqual([[2.25, 22.5], [2.5, 25]])
  expect(windowOf(points, 5, 6)).toEqual([])
})
