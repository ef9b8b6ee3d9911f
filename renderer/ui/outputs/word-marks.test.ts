// Words of an answer that the truth has not.
import { expect, test } from 'vitest'
import { wordMarks } from './word-marks.ts'

const wrong = (answer: string, truth: string): string[] => wordMarks(answer, truth).filter((w) => w.wrong).map((w) => w.text.trim())

test.each([
  ['deux cent trois', 'deux cent trois', []],
  ['deux mille trois', 'deux cent trois', ['mille']],
  ['deux cent trois', 'cent trois', ['deux']],
  ['cent trois', 'deux cent trois', []],
  ['a b c d', 'b x d', ['a', 'c']],
  ['', 'un', []],
  ['un', '', ['un']],
])('%s against %s', (answer, truth, words) => {
  expect(wrong(answer, truth)).toEqual(words)
})

test('the answer stays as it was written', () => {
  expect(wordMarks('un  deux\ntrois', 'un').map((w) => w.text).join('')).toBe('un  deux\ntrois')
})
