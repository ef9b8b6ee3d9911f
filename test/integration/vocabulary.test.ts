// Tests of vocabularies as lists of tokens with counts.
import { expect, test } from 'vitest'
import { trainTokenizer } from '../../engine/tokenize/train.ts'
import { shownToken, vocabulariesOf } from '../../renderer/ui/vocabulary.ts'

test('special tokens first, then by count; ids without a count come last', () => {
  const tokenizer = trainTokenizer('word', ['good good wine', 'bad wine good'], { special: ['class'] })
  const counts = Object.values(tokenizer.model.vocab).map(() => 0)
  counts[tokenizer.model.vocab['wine']!] = 2
  counts[tokenizer.model.vocab['good']!] = 3
  const [vocabulary] = vocabulariesOf({ kind: 'text', tokenizer, counts, length: 4 })
  expect(vocabulary!.tokens.map((t) => [t.token, t.count, t.special])).toEqual([['[PAD]', 0, true], ['[UNK]', 0, true], ['[CLS]', 0, true], ['good', 3, false], ['wine', 2, false], ['bad', 0, false]])
})

test('tokens of bytes and blanks are readable; pictures have no vocabulary', () => {
  expect(['Ġthe', 'Ċ', ' ', 'a'].map(shownToken)).toEqual(['␣the', '⏎', '␣', 'a'])
  expect(vocabulariesOf({ kind: 'image', height: 1, width: 1, channels: 1, mean: [0], std: [1] })).toEqual([])
  const [counted] = vocabulariesOf({ kind: 'text', tokenizer: trainTokenizer('bpe', ['a b']), length: 4 })
  expect(counted!.tokens.every((t) => t.count === null)).toBe(true)
})
