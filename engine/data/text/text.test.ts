// Texts: bytes that are none, tags and spans, augmentation.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Random } from '../random.ts'
import { augmentTokens } from './augment.ts'
import { beginTag, insideTag, spansOf, tagsOf } from './bio.ts'
import { pairBytes, readPair, readText } from './read.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

test('texts: UTF-8 without its mark; nothing else', () => {
  expect(readText(bytes('\uFEFFhé 😀'))).toBe('hé 😀')
  expect(() => readText(bytes(' \n\t'))).toThrow('the text is empty')
  expect(() => readText(new Uint8Array())).toThrow('the text is empty')
  expect(() => readText(Uint8Array.of(0x67, 0xfc, 0x74))).toThrow('not a text in UTF-8')
  expect(() => readText(bytes('a\0b'))).toThrow('zero bytes')
  expect(() => readText(new Uint8Array(5 * 2 ** 20).fill(65))).toThrow('over 4 MB')
})

test('pairs: JSON with two texts', () => {
  expect(readPair(pairBytes({ a: 'x', b: 'y "z"' }))).toEqual({ a: 'x', b: 'y "z"' })
  expect(() => readPair(bytes('{"a":"x"}'))).toThrow('expected JSON {"a": "…", "b": "…"}')
  expect(() => readPair(bytes('hello'))).toThrow('expected JSON')
  expect(() => readPair(bytes('{"a":"x","b":" "}'))).toThrow('text b of the pair is empty')
})

const PLACES = [[0, 3], [4, 7], [8, 9], [9, 12], [13, 15]] as const

test('spans to tags: every token that a span overlaps, neighbours of one class told apart', () => {
  expect(tagsOf([{ start: 0, end: 7, class: 1 }, { start: 8, end: 9, class: 1 }, { start: 10, end: 11, class: 0 }], PLACES)).toEqual([beginTag(1), insideTag(1), beginTag(1), beginTag(0), 0])
  expect(tagsOf([], PLACES)).toEqual([0, 0, 0, 0, 0])
  // The second of two that overlap has what the first leaves.
  expect(tagsOf([{ start: 0, end: 5, class: 0 }, { start: 4, end: 9, class: 1 }], PLACES)).toEqual([beginTag(0), insideTag(0), beginTag(1), 0, 0])
})

test('tags to spans as CoNLL reads them: an inside tag without its beginning begins one', () => {
  expect(spansOf([insideTag(0), insideTag(0), insideTag(1), beginTag(1), 0], PLACES).map((s) => [s.start, s.end, s.class])).toEqual([[0, 7, 0], [8, 9, 1], [9, 12, 1]])
  expect(spansOf([0, 0, 0, 0, beginTag(2)], PLACES)).toEqual([{ start: 13, end: 15, class: 2, from: 4, to: 5 }])
})

test('spans of whole tokens come back through their tags', () => {
  fc.assert(fc.property(fc.array(fc.record({ from: fc.nat(4), length: fc.integer({ min: 1, max: 3 }), class: fc.nat(3) }), { maxLength: 5 }), (wanted) => {
    let free = 0
    const spans = [...wanted].sort((a, b) => a.from - b.from).flatMap(({ from, length, class: c }) => {
      const to = Math.min(PLACES.length, from + length)
      if (from < free || to <= from) return []
      free = to
      return [{ start: PLACES[from]![0], end: PLACES[to - 1]![1], class: c }]
    })
    expect(spansOf(tagsOf(spans, PLACES), PLACES).map(({ start, end, class: c }) => ({ start, end, class: c }))).toEqual(spans)
  }))
})

test('augmentation: nothing at 0; dropout reads as unknown, swaps keep all tokens, separators stay', () => {
  const row = (): Int32Array => Int32Array.from({ length: 40 }, (_, i) => (i === 10 ? 3 : 100 + i))
  const same = row()
  augmentTokens(same, 0, 40, { wordDropout: 0, swap: 0 }, 1, new Set([3]), new Random(1, 'augment'))
  expect(same).toEqual(row())
  const dropped = row()
  augmentTokens(dropped, 5, 35, { wordDropout: 0.5, swap: 0 }, 1, new Set([3]), new Random(1, 'augment'))
  expect([dropped.slice(0, 5), dropped.slice(35), dropped[10]]).toEqual([row().slice(0, 5), row().slice(35), 3])
  const unknown = dropped.filter((id) => id === 1).length
  expect(unknown > 7 && unknown < 23).toBe(true)
  const swapped = row()
  augmentTokens(swapped, 0, 40, { wordDropout: 0, swap: 0.3 }, 1, new Set([3]), new Random(2, 'augment'))
  expect(swapped[10]).toBe(3)
  expect(swapped).not.toEqual(row())
  expect([...swapped].sort((a, b) => a - b)).toEqual([...row()].sort((a, b) => a - b))
})
