// Beam search against trying every sequence, and what greedy search misses.
import { expect, test } from 'vitest'
import { Random } from '../data/random.ts'
import { beamSearch, lengthNorm, type Hypothesis, type NextTokens, type Prefix } from './beam-search.ts'

const [V, START, END, MOST] = [5, 0, 1, 4]

/** A made-up model: log-probabilities that depend on the source and the whole prefix; the start token never comes again. */
function logits({ source, ids }: Prefix): Float32Array {
  const random = new Random(source, 'sample', ids.reduce((h, id) => h * V + id, 1))
  const weights = Array.from({ length: V }, (_, token) => (token === START ? 0 : Math.exp(2 * random.normal())))
  const total = weights.reduce((a, b) => a + b, 0)
  return Float32Array.from(weights, (w) => Math.log(w / total))
}
const next: NextTokens = (prefixes) => Promise.resolve(prefixes.map(logits))

function all(source: number, ids: readonly number[] = [START], logProbability = 0): Hypothesis[] {
  if (ids.length > MOST) return []
  const row = logits({ source, ids })
  return Array.from({ length: V }, (_, token) => token).flatMap((token) =>
    token === START ? [] : token === END ? [{ ids: ids.slice(1), logProbability: logProbability + row[token]!, ended: true }] : all(source, [...ids, token], logProbability + row[token]!),
  )
}

test.each([0, 0.6, 1])('a beam as wide as there are sequences finds the best of all, length penalty %d', async (lengthPenalty) => {
  const found = await beamSearch(6, next, { start: START, end: END, width: 64, lengthPenalty, most: MOST })
  const score = (h: Hypothesis): number => h.logProbability / lengthNorm(h.ids.length + 1, lengthPenalty)
  found.forEach((hypotheses, source) => {
    const best = all(source).sort((a, b) => score(b) - score(a))
    expect(hypotheses[0]!.ids).toEqual(best[0]!.ids)
    expect(hypotheses[0]!.logProbability).toBeCloseTo(best[0]!.logProbability, 5)
    expect(hypotheses[1]!.ids).toEqual(best[1]!.ids)
  })
})

test('a width of 1 takes the most probable token each time', async () => {
  const found = await beamSearch(8, next, { start: START, end: END, width: 1, lengthPenalty: 0, most: MOST })
  found.forEach(([hypothesis], source) => {
    const ids = [START]
    for (let i = 0; i < MOST; i++) {
      const row = logits({ source, ids })
      const token = row.indexOf(Math.max(...row))
      ids.push(token)
      if (token === END) break
    }
    const ended = ids.at(-1) === END
    expect(hypothesis).toMatchObject({ ids: ids.slice(1, ended ? -1 : undefined), ended })
  })
})

test('a beam finds what greedy search walks past', async () => {
  // First token: 2 with 0.6, 3 with 0.4; after 2 three equal ways, after 3 the end for sure.
  const trap: NextTokens = (prefixes) =>
    Promise.resolve(prefixes.map(({ ids }) => Float32Array.from(ids.at(-1) === START ? [0, 0, 0.6, 0.4, 0] : ids.at(-1) === 2 ? [0, 0.34, 0.33, 0.33, 0] : [0, 1, 0, 0, 0], Math.log)))
  const options = { start: START, end: END, lengthPenalty: 0, most: MOST }
  const [greedy] = await beamSearch(1, trap, { ...options, width: 1 })
  const [wide] = await beamSearch(1, trap, { ...options, width: 2 })
  expect(greedy?.[0]?.ids).toEqual([2])
  expect(wide?.[0]?.ids).toEqual([3])
  expect(wide?.[0]?.logProbability).toBeCloseTo(Math.log(0.4), 6)
})

test('sources are searched side by side: together as alone, and no call without need', async () => {
  let calls = 0
  const counted: NextTokens = (prefixes) => (calls++, next(prefixes))
  const options = { start: START, end: END, width: 3, lengthPenalty: 0.6, most: MOST }
  const together = await beamSearch(5, counted, options)
  expect(calls).toBeLessThanOrEqual(MOST)
  for (let source = 0; source < 5; source++) {
    const [alone] = await beamSearch(1, (prefixes) => next(prefixes.map((p) => ({ ...p, source }))), options)
    expect(together[source]).toEqual(alone)
  }
})

test('what never ends is cut at the most tokens and says so', async () => {
  const endless: NextTokens = (prefixes) => Promise.resolve(prefixes.map(() => Float32Array.from([0, 0, 0.7, 0.3, 0], Math.log)))
  const [found] = await beamSearch(1, endless, { start: START, end: END, width: 2, lengthPenalty: 0, most: 3 })
  expect(found?.[0]).toMatchObject({ ids: [2, 2, 2], ended: false })
})
