// Speech metrics against values worked out by hand, by brute force, and from published tables.
import { expect, test } from 'vitest'
import { Random } from '../../data/random.ts'
import { charactersOf, editDistance, errorRates, wordsOf } from './edits.ts'
import { equalErrorRate, verification } from './equal-error.ts'
import { falseAcceptsPerHour, isNoKeyword } from './false-accepts.ts'

test('edit distance of known pairs', () => {
  const of = (a: string, b: string): number => editDistance(Array.from(a), Array.from(b))
  expect(of('kitten', 'sitting')).toBe(3)
  expect(of('', 'abc')).toBe(3)
  expect(of('abc', '')).toBe(3)
  expect(of('flaw', 'lawn')).toBe(2)
  expect(of('same', 'same')).toBe(0)
})

test('error rates over utterances of different lengths; white space does not count', () => {
  const pairs = [
    { said: 'one two three', heard: 'one  three ' },
    { said: 'four', heard: 'four five' },
    { said: '', heard: '' },
    { said: 'zero six', heard: 'zero six' },
  ]
  const { metrics, intervals } = errorRates(pairs, 1)
  expect(metrics['wer']).toBeCloseTo(2 / 6, 12)
  // ' two' and ' five' of 13 + 4 + 8 characters.
  expect(metrics['cer']).toBeCloseTo(9 / 25, 12)
  expect(metrics['exact']).toBe(0.5)
  expect(intervals['wer']!.low).toBeLessThan(2 / 6)
  expect(intervals['wer']!.high).toBeGreaterThan(2 / 6)
  expect(wordsOf(' a\tb\n')).toEqual(['a', 'b'])
  expect(charactersOf('a  é😀')).toEqual(['a', ' ', 'é', '😀'])
})

test('nothing heard is all wrong, twice as much heard may be more', () => {
  expect(errorRates([{ said: 'a b', heard: '' }], 1).metrics['wer']).toBe(1)
  expect(errorRates([{ said: 'a', heard: 'b c' }], 1).metrics['wer']).toBe(2)
})

test('equal error rate of separated, equal and mixed scores', () => {
  expect(equalErrorRate([0.8, 0.9], [0.1, 0.2])).toBe(0)
  expect(equalErrorRate([0.1, 0.2], [0.8, 0.9])).toBe(1)
  expect(equalErrorRate([0.5, 0.5], [0.5, 0.5])).toBeCloseTo(0.5, 12)
  // Threshold between 0.4 and 0.5: one of four on each side is wrong.
  expect(equalErrorRate([0.4, 0.6, 0.7, 0.8], [0.1, 0.2, 0.3, 0.5])).toBeCloseTo(0.25, 12)
  expect(equalErrorRate([], [0.5])).toBeNaN()
})

test('normal scores: the rate is that of the half distance', () => {
  const random = new Random(5, 'sample')
  const draw = (mean: number): number[] => Array.from({ length: 20_000 }, () => mean + random.normal())
  // Φ(−1) where the means are two deviations apart.
  expect(equalErrorRate(draw(2), draw(0))).toBeCloseTo(0.1587, 2)
})

test('verification over pairs of embeddings', () => {
  const directions = [[1, 0], [0.9, 0.1], [0, 1], [0.1, 0.9], [5, 5]]
  const embeddings = Float32Array.from(directions.flat())
  expect(verification(embeddings, 2, Int32Array.of(0, 0, 1, 1, -1), 1)).toEqual({ rate: 0, interval: { low: 0, high: 0 } })
  const wrong = verification(embeddings, 2, Int32Array.of(0, 1, 0, 1, -1), 1)
  expect(wrong.rate).toBeGreaterThan(0.4)
  expect(wrong.interval.high).toBeGreaterThanOrEqual(wrong.rate)
})

test('false accepts per hour with the exact Poisson interval', () => {
  // Garwood's table: 0 events 0–3.689, 5 events 1.623–11.668.
  expect(falseAcceptsPerHour(0, 1).interval.low).toBe(0)
  expect(falseAcceptsPerHour(0, 1).interval.high).toBeCloseTo(3.689, 3)
  const five = falseAcceptsPerHour(5, 0.5)
  expect(five.rate).toBe(10)
  expect(five.interval.low).toBeCloseTo(2 * 1.623, 2)
  expect(five.interval.high).toBeCloseTo(2 * 11.668, 2)
  expect(isNoKeyword('_Silence_')).toBe(true)
  expect(isNoKeyword('stop')).toBe(false)
})
