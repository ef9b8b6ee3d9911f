// Modified Kneser–Ney: a proper distribution, the textbook's numbers, and better than plain counting.
import { expect, test } from 'vitest'
import { Random } from '../data/random.ts'
import { KneserNey } from './kneser-ney.ts'

const VOCABULARY = 6

/** Drawn from a chain in which the next token mostly follows the last. */
function texts(count: number, seed: number): number[][] {
  const random = new Random(seed, 'sample')
  return Array.from({ length: count }, () => {
    const text: number[] = []
    for (let i = 0; i < 40; i++) text.push(random.uniform() < 0.7 ? ((text.at(-1) ?? 0) * 2 + 1) % 5 : random.int(5))
    return text
  })
}
const perToken = (model: KneserNey, held: readonly number[][]): number => {
  const all = held.flatMap((t) => [...model.logProbabilities(t)])
  return -all.reduce((a, b) => a + b, 0) / all.length
}

test.each([1, 2, 3, 5])('order %d: probabilities of all tokens sum to 1 after any context', (order) => {
  const model = new KneserNey(texts(20, 1), VOCABULARY, order)
  const random = new Random(2, 'sample')
  for (let i = 0; i < 50; i++) {
    // Token 5 was never seen, so some contexts are new at every order.
    const context = Array.from({ length: order + 1 }, () => random.int(VOCABULARY))
    const p = Array.from({ length: VOCABULARY }, (_, token) => model.probability(context, token))
    expect(p.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 10)
    for (const v of p) expect(v).toBeGreaterThan(0)
  }
})

test('a bigram after continuation counts, by hand', () => {
  // Text a b a b a c (0 1 0 1 0 2): bigrams ^a ab×2 ba×2 ac; too few counts, so discounts fall back to 0.5, 1 and 1.5.
  const model = new KneserNey([[0, 1, 0, 1, 0, 2]], 3, 2)
  // Distinct tokens before a: ^ and b; before b: a; before c: a.
  const unigram = [(2 - 1 + 2 * (1 / 3)) / 4, (1 - 0.5 + 2 * (1 / 3)) / 4, (1 - 0.5 + 2 * (1 / 3)) / 4]
  expect(unigram.reduce((a, b) => a + b)).toBeCloseTo(1, 12)
  // After a: b twice, c once; spare mass (1 + 0.5) / 3.
  expect(model.probability([0], 1)).toBeCloseTo((2 - 1 + 1.5 * unigram[1]!) / 3, 12)
  expect(model.probability([0], 2)).toBeCloseTo((1 - 0.5 + 1.5 * unigram[2]!) / 3, 12)
  expect(model.probability([0], 0)).toBeCloseTo((1.5 * unigram[0]!) / 3, 12)
  // A context that was never seen leaves the lower order.
  expect(model.probability([2], 0)).toBeCloseTo(unigram[0]!, 12)
})

test('discounts from counts of counts, after Chen and Goodman', () => {
  // Unigrams only: 4 tokens once, 2 twice, 1 three times, 1 four times.
  const counts = [1, 1, 1, 1, 2, 2, 3, 4]
  const model = new KneserNey([counts.flatMap((n, token) => new Array<number>(n).fill(token))], 8, 1)
  const y = 4 / (4 + 2 * 2)
  const [d1, d2, d3] = [1 - (2 * y * 2) / 4, 2 - (3 * y * 1) / 2, 3 - (4 * y * 1) / 1]
  const spare = 4 * d1 + 2 * d2 + 2 * d3
  expect(model.probability([], 0)).toBeCloseTo((1 - d1 + spare / 8) / 15, 12)
  expect(model.probability([], 4)).toBeCloseTo((2 - d2 + spare / 8) / 15, 12)
  expect(model.probability([], 7)).toBeCloseTo((4 - d3 + spare / 8) / 15, 12)
})

test('higher orders predict better than the unigram, and none better than the source allows', () => {
  const [seen, held] = [texts(1000, 3), texts(200, 4)]
  const [one, two, five] = [1, 2, 5].map((order) => perToken(new KneserNey(seen, VOCABULARY, order), held))
  // −(0.76 ln 0.76 + 4 · 0.06 ln 0.06): the chain's own entropy.
  const entropy = -(0.76 * Math.log(0.76) + 4 * 0.06 * Math.log(0.06))
  expect(two).toBeLessThan(one! - 0.3)
  expect(Math.abs(two! - entropy)).toBeLessThan(0.05)
  expect(five).toBeLessThan(one!)
})

test('no text at all leaves the uniform distribution', () => {
  expect(new KneserNey([], 4, 5).probability([1, 2], 3)).toBe(0.25)
})
