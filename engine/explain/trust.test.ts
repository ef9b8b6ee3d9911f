// Trust: rank correlation against known values, thresholds, words.
import { expect, test } from 'vitest'
import { completeness, emptiness, randomisation, rankCorrelation, verdict } from './trust.ts'

test('rank correlation', () => {
  expect(rankCorrelation([1, 2, 3, 4], [10, 20, 30, 400])).toBeCloseTo(1, 12)
  expect(rankCorrelation([1, 2, 3, 4], [4, 3, 2, 1])).toBeCloseTo(-1, 12)
  // By hand, ties sharing ranks: ranks 0, 1.5, 1.5, 3 against 0, 2, 1, 3.
  expect(rankCorrelation([1, 2, 2, 3], [1, 3, 2, 4])).toBeCloseTo(4.5 / Math.sqrt(4.5 * 5), 12)
  expect(rankCorrelation([1, 1, 1], [1, 2, 3])).toBe(0)
})

test('verdicts and their words', () => {
  expect(completeness(0.002)).toEqual({ verdict: 'pass', reason: 'The attributions add up to the change of the score within 0.20 %.' })
  expect(completeness(0.03).verdict).toBe('warn')
  expect(completeness(0.2)).toMatchObject({ verdict: 'fail', reason: expect.stringContaining('miss the change of the score by 20 %') as string })
  expect(randomisation([0.4, -0.6, 0.2]).verdict).toBe('pass')
  expect(randomisation([0.7, -0.7]).verdict).toBe('warn')
  expect(randomisation([0.99, 0.9]).verdict).toBe('fail')
  expect(emptiness(new Float32Array(4))?.verdict).toBe('fail')
  expect(emptiness(Float32Array.of(0, 0.1))).toBeNull()
  expect(verdict([completeness(0), randomisation([0.7])])).toMatchObject({ verdict: 'warn', reasons: [expect.any(String), expect.any(String)] })
})
