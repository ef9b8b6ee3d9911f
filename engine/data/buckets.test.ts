// Buckets: the lengths with the least padding of all, and no more of them than pay.
import { expect, test } from 'vitest'
import { bucketLengths, bucketsWorth, paddedSteps } from './buckets.ts'
import { Random } from './random.ts'

/** All rising choices of `count` lengths below `most`, with `most` behind. */
function* choices(most: number, count: number, from = 1): Generator<number[]> {
  if (count === 1) yield [most]
  else for (let length = from; length < most; length++) for (const rest of choices(most, count - 1, length + 1)) yield [length, ...rest]
}

test('no other lengths need fewer steps', () => {
  for (let trial = 0; trial < 20; trial++) {
    const random = new Random(trial, 'sample')
    const lengths = Array.from({ length: 30 }, () => 1 + random.int(1 + random.int(12)))
    for (const count of [1, 2, 3, 4]) {
      const found = bucketLengths(lengths, 12, count)
      const least = Math.min(...[...choices(12, count)].map((buckets) => paddedSteps(lengths, buckets)))
      expect(paddedSteps(lengths, found), `${count} lengths of ${lengths.join()}`).toBe(least)
      expect(found).toEqual([...new Set(found)].sort((a, b) => a - b))
      expect(found.at(-1)).toBe(12)
    }
  }
})

test('there are never more lengths than rows have, and the last is always the full one', () => {
  expect(bucketLengths([5, 5, 5], 8, 4)).toEqual([5, 8])
  expect(bucketLengths([8, 8, 3], 8, 4)).toEqual([3, 8])
  expect(bucketLengths([8, 8], 8, 4)).toEqual([8])
  expect(bucketLengths([], 8, 3)).toEqual([8])
  expect(bucketLengths([20, 2], 8, 2)).toEqual([2, 8])
})

test('a length more only where it spares enough steps and training is long', () => {
  const alike = Array.from({ length: 400 }, (_, i) => 38 + (i % 3))
  const spread = Array.from({ length: 400 }, (_, i) => 1 + (i % 40))
  expect(bucketsWorth(alike, 40, 10_000)).toBe(1)
  expect(bucketsWorth(spread, 40, 10_000)).toBe(3)
  expect(bucketsWorth(spread, 40, 100)).toBe(1)
  // Two lengths spare a quarter of the steps of evenly spread ones, a third one a twelfth more.
  expect(bucketsWorth(spread, 40, 300)).toBe(2)
  expect(bucketsWorth([], 40, 10_000)).toBe(1)
})
