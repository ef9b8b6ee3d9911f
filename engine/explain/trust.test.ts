// Trust: rank correlation against known values, likeness beyond chance, the randomisation check by depth, words.
import { describe, expect, test } from 'vitest'
import { Random } from '../data/random.ts'
import { completeness, emptiness, likeness, randomisation, rankCorrelation, verdict } from './trust.ts'

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
  expect(emptiness(new Float32Array(4))?.verdict).toBe('fail')
  expect(emptiness(Float32Array.of(0, 0.1))).toBeNull()
  expect(verdict([completeness(0), completeness(0.03)])).toMatchObject({ verdict: 'warn', reasons: [expect.any(String), expect.any(String)] })
})

const noise = (n: number, index: number): Float32Array => {
  const random = new Random(3, 'explain', index)
  return Float32Array.from({ length: n }, () => random.normal())
}
const draws = (n: number, from: number, count = 20): Float32Array[] => Array.from({ length: count }, (_, i) => noise(n, from + i))

describe('likeness', () => {
  test.each([4, 6, 16, 784])('of maps of %i parts that have nothing to do with each other is near 0: small maps have no higher one by chance', (n) => {
    expect(likeness(noise(n, 0), draws(n, 1, 200))).toBeLessThan(0.3)
  })
  test('of the same map is 1, and of one turned round as well: its shape is the same', () => {
    const map = noise(16, 0)
    expect(likeness(map, [map, map.map((v) => -v)])).toBeCloseTo(1, 12)
  })
  test('leaves out maps without any order; null where none is left, or one part', () => {
    const map = noise(16, 0)
    expect(likeness(map, [new Float32Array(16), map])).toBeCloseTo(1, 12)
    expect(likeness(map, [new Float32Array(16)])).toBeNull()
    expect(likeness(Float32Array.of(1), [Float32Array.of(2)])).toBeNull()
  })
})

describe('randomisation', () => {
  const map = noise(64, 0)
  const like = (weight: number, from: number): Float32Array[] => draws(64, from, 5).map((other) => other.map((v, i) => weight * map[i]! + (1 - weight) * v))
  const stages = (...maps: Float32Array[][]): Parameters<typeof randomisation>[1] => maps.map((made, i) => ({ layers: [1, 3, 6].slice(-maps.length)[i]!, of: 6, maps: made }))
  test('a map that is another one without what was learned passes, with its figures', () => {
    const found = randomisation(map, stages(like(0.5, 10), draws(64, 20), draws(64, 40)))
    expect(found.verdict).toBe('pass')
    expect(found.reason).toMatch(/rank correlation beyond chance: 0\.\d\d with the last layer, 0\.\d\d with the last 3 layers, 0\.\d\d with all 6 layers random/)
  })
  test('one that random networks give as well fails; one they give partly warns', () => {
    expect(randomisation(map, stages(like(0.9, 10), like(0.9, 20), like(0.9, 30)))).toMatchObject({ verdict: 'fail', reason: expect.stringContaining('shows the input, not what the model has learned') as string })
    expect(randomisation(map, stages(like(0.9, 10), like(0.6, 20), like(0.45, 30))).verdict).toBe('warn')
  })
  test('one that half of the layers do not change fails, as guided backpropagation does; one that only the last does not change warns', () => {
    expect(randomisation(map, stages([map], [map], draws(64, 20)))).toMatchObject({ verdict: 'fail', reason: expect.stringContaining('half of the layers') as string })
    expect(randomisation(map, stages([map], draws(64, 20), draws(64, 40)))).toMatchObject({ verdict: 'warn', reason: expect.stringContaining('hardly from the last') as string })
  })
  test('parts that no map says anything of make no likeness: padding', () => {
    const padded = (of: Float32Array): Float32Array => Float32Array.from({ length: 400 }, (_, i) => of[i] ?? 0)
    expect(randomisation(padded(map), stages(draws(64, 20).map(padded))).verdict).toBe('pass')
  })
  test('too few parts, or no map to compare with: says so, and is no verdict', () => {
    const two = Float32Array.of(1, 2)
    expect(randomisation(two, [{ layers: 1, of: 1, maps: [two] }])).toMatchObject({ verdict: null, reason: expect.stringContaining('2 parts, too few') as string })
    const none = randomisation(map, stages([new Float32Array(64)]))
    expect(none.verdict).toBeNull()
    expect(verdict([none]).verdict).toBe('warn')
    expect(verdict([completeness(0), none])).toMatchObject({ verdict: 'pass', reasons: { length: 2 } })
  })
})
