// Bootstrap of functions of sums: against the normal approximation of a ratio.
import { expect, test } from 'vitest'
import { Random } from '../data/random.ts'
import { measureSums } from './bootstrap-sums.ts'

test('a ratio of sums: the value itself, and an interval as wide as the delta method says', () => {
  const random = new Random(1, 'sample')
  const rows = Array.from({ length: 400 }, () => {
    const n = 50 + random.int(50)
    return [2 * n + 5 * random.normal(), n]
  })
  const { metrics, intervals } = measureSums(rows, { ratio: (s) => s[0]! / s[1]! }, 3)
  const [a, n] = [0, 1].map((i) => rows.reduce((t, r) => t + r[i]!, 0))
  expect(metrics['ratio']).toBeCloseTo(a! / n!, 12)
  const deviation = Math.sqrt(rows.reduce((t, r) => t + (r[0]! - (a! / n!) * r[1]!) ** 2, 0)) / n!
  expect(intervals['ratio']!.high - intervals['ratio']!.low).toBeGreaterThan(3.4 * deviation)
  expect(intervals['ratio']!.high - intervals['ratio']!.low).toBeLessThan(4.4 * deviation)
  expect(measureSums(rows, { ratio: (s) => s[0]! / s[1]! }, 3)).toEqual({ metrics, intervals })
})

test('samples that are all alike leave no doubt', () => {
  const { metrics, intervals } = measureSums(Array.from({ length: 9 }, () => [3, 4]), { ratio: (s) => s[0]! / s[1]! }, 1)
  expect(metrics['ratio']).toBe(0.75)
  expect(intervals['ratio']).toEqual({ low: 0.75, high: 0.75 })
})
