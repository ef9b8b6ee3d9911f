// Number words of both languages against what grammars say.
import { expect, test } from 'vitest'
import { englishNumber, frenchNumber } from './words.ts'

test.each([
  [0, 'zero', 'zéro'],
  [16, 'sixteen', 'seize'],
  [17, 'seventeen', 'dix-sept'],
  [21, 'twenty-one', 'vingt et un'],
  [70, 'seventy', 'soixante-dix'],
  [71, 'seventy-one', 'soixante et onze'],
  [77, 'seventy-seven', 'soixante-dix-sept'],
  [80, 'eighty', 'quatre-vingts'],
  [81, 'eighty-one', 'quatre-vingt-un'],
  [91, 'ninety-one', 'quatre-vingt-onze'],
  [99, 'ninety-nine', 'quatre-vingt-dix-neuf'],
  [100, 'one hundred', 'cent'],
  [200, 'two hundred', 'deux cents'],
  [201, 'two hundred and one', 'deux cent un'],
  [280, 'two hundred and eighty', 'deux cent quatre-vingts'],
  [1000, 'one thousand', 'mille'],
  [1001, 'one thousand and one', 'mille un'],
  [80_000, 'eighty thousand', 'quatre-vingt mille'],
  [200_000, 'two hundred thousand', 'deux cent mille'],
  [21_300, 'twenty-one thousand three hundred', 'vingt et un mille trois cents'],
  [999_999, 'nine hundred and ninety-nine thousand nine hundred and ninety-nine', 'neuf cent quatre-vingt-dix-neuf mille neuf cent quatre-vingt-dix-neuf'],
])('%i', (n, english, french) => {
  expect(englishNumber(n)).toBe(english)
  expect(frenchNumber(n)).toBe(french)
})

test('no two numbers read the same', () => {
  for (const words of [englishNumber, frenchNumber]) expect(new Set(Array.from({ length: 20_000 }, (_, i) => words(i * 47)))).toHaveProperty('size', 20_000)
})
