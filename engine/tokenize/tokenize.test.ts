// Tokenizers: what is learned, that the library reads it as we cut it, places of tokens, and texts of every kind.
import { Tokenizer as HuggingFace } from '@huggingface/tokenizers'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TOKENIZER_KINDS, type TokenizerJson, type TokenizerKind } from '../contract/tokenizer.ts'
import { learnMerges } from './merges.ts'
import { loadTokenizer } from './load.ts'
import { trainTokenizer } from './train.ts'

const TEXTS = ['The low tower is lower than the newest one.', "It isn't the widest, but the newest!", 'Größe und Höhe: 12 × 34', 'low low lower newest widest']

test('merges are those of Sennrich et al., section 3.2, ties in code point order', () => {
  const words = [['low', 5], ['lower', 2], ['newest', 6], ['widest', 3]] as const
  const { merges } = learnMerges(words.map(([w, n]) => [[...Array.from(w), '·'], n] as const), 10, 2)
  // e s 9, es t 9, est · 9, l o 7, lo w 7, then n e / e w / w est· with 6 each: the first in code point order.
  expect(merges.slice(0, 5)).toEqual([['e', 's'], ['es', 't'], ['est', '·'], ['l', 'o'], ['lo', 'w']])
  expect(merges.slice(5, 8)).toEqual([['e', 'w'], ['ew', 'est·'], ['n', 'ewest·']])
})

test('a pair that overlaps itself is merged from the left, and rare pairs are not', () => {
  expect(learnMerges([[['a', 'a', 'a', 'a', 'a'], 1]], 9, 2).merges).toEqual([['a', 'a']])
  expect(learnMerges([[['a', 'b'], 1]], 9, 2).merges).toEqual([])
})

test.each(TOKENIZER_KINDS)('%s: special tokens first, ids without gaps, same texts same JSON', (kind) => {
  const json = trainTokenizer(kind, TEXTS, { special: ['class', 'separator'] })
  const tokenizer = loadTokenizer(json)
  expect(tokenizer.kind).toBe(kind)
  expect(tokenizer.special).toEqual({ pad: 0, unknown: 1, class: 2, separator: 3, start: null, end: null })
  expect(Object.values(json.model.vocab).sort((a, b) => a - b)).toEqual(Array.from({ length: tokenizer.size }, (_, i) => i))
  expect(JSON.stringify(trainTokenizer(kind, TEXTS, { special: ['class', 'separator'] }))).toBe(JSON.stringify(json))
})

test.each(TOKENIZER_KINDS)('%s: what we cut by words the library cuts the same from the whole text, and back from JSON text', (kind) => {
  const json = JSON.parse(JSON.stringify(trainTokenizer(kind, TEXTS))) as TokenizerJson
  const whole = new HuggingFace(json, { unk_token: '[UNK]' })
  for (const text of [...TEXTS, 'An unseen text, 77 words wide – no?', "  spaces\n\n and 'quotes' "]) {
    expect(loadTokenizer(json).encode(text).ids, text).toEqual(whole.encode(text, { add_special_tokens: false }).ids)
  }
})

test('the library puts special tokens around texts and pairs', () => {
  const bert = trainTokenizer('wordpiece', TEXTS, { special: ['class', 'separator'] })
  const library = new HuggingFace(bert, {})
  expect(library.encode('low', { text_pair: 'newest' }).tokens).toEqual(['[CLS]', 'low', '[SEP]', 'newest', '[SEP]'])
  const seq = trainTokenizer('word', TEXTS, { special: ['start', 'end'] })
  expect(new HuggingFace(seq, {}).encode('low').tokens).toEqual(['[BOS]', 'low', '[EOS]'])
})

test('words: small letters, apostrophes inside, signs alone, rare and surplus ones unknown', () => {
  const json = trainTokenizer('word', TEXTS, { size: 6 })
  // the 4 times, low and newest 3, lower 2; ties in code point order.
  expect(Object.keys(json.model.vocab)).toEqual(['[PAD]', '[UNK]', 'the', 'low', 'newest', 'lower'])
  const { tokens, ids, offsets } = loadTokenizer(trainTokenizer('word', TEXTS)).encode("It isn't zzz!")
  expect(tokens).toEqual(['it', "isn't", '[UNK]', '!'])
  expect(ids[2]).toBe(1)
  expect(offsets).toEqual([[0, 2], [3, 8], [9, 12], [12, 13]])
  expect(Object.keys(trainTokenizer('word', TEXTS, { minCount: 2 }).model.vocab)).not.toContain('tower')
})

test('WordPiece parts a word by longest match, and says where the parts stand', () => {
  const tokenizer = loadTokenizer(trainTokenizer('wordpiece', Array<string>(5).fill('low lower lowest new newer newest')))
  expect(tokenizer.encode('lowest').tokens).toEqual(['lowest'])
  const { tokens, offsets } = tokenizer.encode('xy newlowest')
  expect(tokens[0]).toBe('[UNK]')
  expect(tokens.length).toBeGreaterThan(2)
  expect(tokens.slice(1).map((t) => t.replace('##', '')).join('')).toBe('newlowest')
  expect(offsets.map(([s, e]) => 'xy newlowest'.slice(s, e))).toEqual(['xy', ...tokens.slice(1).map((t) => t.replace('##', ''))])
  expect(tokenizer.decode(tokenizer.encode('Low newest').ids)).toBe('low newest')
})

test.each(['character', 'bpe'] as const)('%s gives texts back as they were', (kind) => {
  const tokenizer = loadTokenizer(trainTokenizer(kind, TEXTS))
  for (const text of TEXTS) expect(tokenizer.decode(tokenizer.encode(text).ids)).toBe(text)
})

test('byte-level BPE knows every text', () => {
  const tokenizer = loadTokenizer(trainTokenizer('bpe', TEXTS))
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
    const { ids, offsets } = tokenizer.encode(text)
    expect(tokenizer.decode(ids)).toBe(text)
    expect(ids.every((id) => id !== tokenizer.special.unknown)).toBe(true)
    if (text !== '') expect([offsets[0]?.[0], offsets.at(-1)?.[1]]).toEqual([0, text.length])
  }), { numRuns: 200 })
})

test.each(TOKENIZER_KINDS)('%s: any text gives as many ids as places, in order and inside the text', (kind) => {
  const tokenizer = loadTokenizer(trainTokenizer(kind, TEXTS))
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (text) => {
    const { ids, tokens, offsets } = tokenizer.encode(text)
    expect([tokens.length, offsets.length]).toEqual([ids.length, ids.length])
    for (const id of ids) expect(id >= 0 && id < tokenizer.size).toBe(true)
    offsets.forEach(([start, end], i) => {
      expect(start >= 0 && end >= start && end <= text.length).toBe(true)
      expect(start).toBeGreaterThanOrEqual(offsets[i - 1]?.[0] ?? 0)
    })
  }), { numRuns: 200 })
})

test.each(TOKENIZER_KINDS)('%s: empty, blank and very long texts', (kind) => {
  const tokenizer = loadTokenizer(trainTokenizer(kind, TEXTS))
  expect(tokenizer.encode('').ids).toEqual([])
  expect(tokenizer.decode([])).toBe('')
  expect(tokenizer.decode([0, 0, tokenizer.size + 5])).toBe('')
  if (kind === 'word' || kind === 'wordpiece') expect(tokenizer.encode(' \n\t ').ids).toEqual([])
  const long = 'low newest '.repeat(10_000)
  const started = performance.now()
  expect(tokenizer.encode(long).ids.length).toBeGreaterThanOrEqual(20_000)
  expect(performance.now() - started).toBeLessThan(2_000)
})

test('a training text of nothing gives special tokens only, and everything is unknown or bytes', () => {
  const sizes: Record<TokenizerKind, number> = { word: 2, character: 2, bpe: 258, wordpiece: 2 }
  for (const kind of TOKENIZER_KINDS) {
    const tokenizer = loadTokenizer(trainTokenizer(kind, ['', '']))
    expect(tokenizer.size).toBe(sizes[kind])
    expect(tokenizer.encode('ab').ids.length).toBeGreaterThan(0)
  }
})

test('letters whose small form is longer keep their place', () => {
  const tokenizer = loadTokenizer(trainTokenizer('wordpiece', ['İstanbul ist groß', 'i̇ ̇']))
  const { offsets } = tokenizer.encode('in İst groß')
  expect(offsets.some(([s, e]) => s === 3 && e === 6)).toBe(true)
  expect(offsets.at(-1)?.[1]).toBe(11)
})

test('JSON that is no tokenizer is refused in one line', () => {
  expect(() => loadTokenizer({} as TokenizerJson)).toThrow(/the tokenizer cannot be used: .*expected a tokenizer.json/)
  const json = trainTokenizer('word', TEXTS)
  expect(() => loadTokenizer({ ...json, added_tokens: [] })).toThrow(/there is no \[PAD\]/)
  expect(() => loadTokenizer({ ...json, pre_tokenizer: { type: 'Nonsense' } })).toThrow(/the tokenizer cannot be used: .*Nonsense/)
})
