// BLEU, chrF and 13a tokens against sacreBLEU 2.6.0.
import { expect, test } from 'vitest'
import { bleu, bleuStatistics, tokenize13a } from './bleu.ts'
import { chrf, chrfStatistics } from './chrf.ts'

const sum = (rows: readonly Float64Array[]): Float64Array => rows.reduce((a, b) => a.map((v, i) => v + b[i]!))

test.each([
  ['punctuation, figures and entities', ['The cat sat on the mat.', 'It costs 1,234.50 dollars - really!', 'deux cent trente et un', '(a) "quoted" text; e.g. 5-6 & more'], ['The cat is on the mat.', 'It costs 1,234.50 dollars, really!', 'deux cent trente et un', '(a) "quoted" text: e.g. 5-6 &amp; less'], 70.12470108980158, 78.2044151954245],
  ['too short for four words', ['un deux', 'trois'], ['un deux', 'trois quatre'], 0, 50.83527165941927],
  ['smoothed orders', ['a b c d e', 'x'], ['a x c y e f g h', 'b'], 8.146995120703657, 7.142857142857142],
  ['brevity', ['vingt et un mille quatre-vingts'], ['vingt-et-un mille quatre-vingts trois'], 21.3643503198117, 67.56494408358165],
  ['an empty answer', ['', 'abc'], ['abc def', 'abc'], 0, 31.946508172362552],
])('%s', (_, ours, theirs, wantedBleu, wantedChrf) => {
  expect(bleu(sum(ours.map((h, i) => bleuStatistics(h, theirs[i]!))))).toBeCloseTo(wantedBleu, 9)
  expect(chrf(sum(ours.map((h, i) => chrfStatistics(h, theirs[i]!))))).toBeCloseTo(wantedChrf, 9)
})

test.each([
  ['It costs 1,234.50 dollars - really!', 'It costs 1,234.50 dollars - really !'],
  ['(a) "quoted" text: e.g. 5-6 &amp; less', '( a ) " quoted " text : e . g . 5 - 6 & less'],
  ["A.B. $5 50% x/y [z] 'q' don't", "A . B . $ 5 50 % x / y [ z ] 'q' don't"],
  ['3.-4, 5.', '3 . -4 , 5 .'],
])('13a: %s', (text, tokens) => {
  expect(tokenize13a(text).join(' ')).toBe(tokens)
})

test('the same text is 100', () => {
  const text = 'neuf cent quatre-vingt-dix mille un'
  expect(bleu(bleuStatistics(text, text))).toBeCloseTo(100, 9)
  expect(chrf(chrfStatistics(text, text))).toBeCloseTo(100, 9)
})
