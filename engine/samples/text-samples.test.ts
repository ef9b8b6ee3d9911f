// Generated texts: always the same, splits without shared combinations, labels that fit, and a bag of words that fails where it should.
import { expect, test } from 'vitest'
import { entailmentPairs, RELATIONS } from './entailment/generate.ts'
import { ENTITY_CLASSES, taggedTexts } from './entities/generate.ts'
import { reviews } from './reviews/generate.ts'
import { wordsOf } from '../tokenize/words.ts'

const share = (n: number, all: number): number => n / all

test('reviews: balanced, different, always the same', () => {
  const all = reviews(2000)
  expect(reviews(2000)).toEqual(all)
  expect(new Set(all.map((r) => r.text)).size).toBe(2000)
  expect(Math.abs(share(all.filter((r) => r.class === 'positive').length, 2000) - 0.5)).toBeLessThan(0.04)
  for (const [split, wanted] of [['train', 0.7], ['val', 0.15], ['test', 0.15]] as const) expect(Math.abs(share(all.filter((r) => r.split === split).length, 2000) - wanted)).toBeLessThan(0.04)
})

test('reviews: a bag of words is right in less than three of four', () => {
  const all = reviews(6000)
  const weights = new Map<string, number>()
  const words = all.map((r) => wordsOf(r.text.toLowerCase()).map((w) => w.text))
  const score = (i: number): number => words[i]!.reduce((sum, w) => sum + (weights.get(w) ?? 0), 0)
  for (let epoch = 0; epoch < 20; epoch++) {
    all.forEach((r, i) => {
      if (r.split !== 'train') return
      const slope = ((r.class === 'positive' ? 1 : 0) - 1 / (1 + Math.exp(-score(i)))) * (0.05 / (1 + epoch * 0.2))
      for (const w of words[i]!) weights.set(w, (weights.get(w) ?? 0) + slope)
    })
  }
  const tested = all.flatMap((r, i) => (r.split === 'test' ? [score(i) > 0 === (r.class === 'positive')] : []))
  expect(share(tested.filter(Boolean).length, tested.length)).toBeLessThan(0.75)
})

test('entailment: three relations evenly, no pair with two of them', () => {
  const all = entailmentPairs(3000)
  for (const relation of RELATIONS) expect(Math.abs(share(all.filter((p) => p.class === relation).length, 3000) - 1 / 3)).toBeLessThan(0.05)
  const known = new Map<string, string>()
  for (const seed of [0, 1, 2]) for (const { a, b, class: relation } of entailmentPairs(3000, seed)) {
    expect(known.get(`${a} ${b}`) ?? relation).toBe(relation)
    known.set(`${a} ${b}`, relation)
  }
})

test('entities: spans are what they say, in order, and most names of the test split are new', () => {
  const all = taggedTexts(3000)
  const names = (split: string): Set<string> => new Set(all.filter((t) => t.split === split).flatMap((t) => t.spans.filter((s) => s.class === 'person').map((s) => t.text.slice(s.start, s.end))))
  for (const { text, spans } of all) {
    spans.forEach((s, i) => {
      expect(s.start).toBeGreaterThanOrEqual(spans[i - 1]?.end ?? 0)
      expect(text.slice(s.start, s.end)).toMatch(/^[\p{Lu}\d].*[\p{L}\d]$/u)
    })
  }
  expect(new Set(all.flatMap((t) => t.spans.map((s) => s.class)))).toEqual(new Set(ENTITY_CLASSES))
  const [train, test] = [names('train'), names('test')]
  expect(share([...test].filter((name) => !train.has(name)).length, test.size)).toBeGreaterThan(0.5)
})
