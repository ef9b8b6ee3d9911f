// Tests of texts in pieces and of marks added and taken away.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { piecesOf, withoutSpan, withSpan, wordRange } from './span-pieces.ts'

test('words, gaps and marks, in order', () => {
  const pieces = piecesOf("Ada isn't in  Rome!", [{ start: 14, end: 18, class: 2 }, { start: 0, end: 3, class: 1 }])
  expect(pieces.map((p) => [p.text, p.word, p.span?.class ?? null])).toEqual([['Ada', false, 1], [' ', false, null], ["isn't", true, null], [' ', false, null], ['in', true, null], ['  ', false, null], ['Rome', false, 2], ['!', true, null]])
})

test('the pieces of any text with any marks are the text', () => {
  fc.assert(fc.property(fc.string({ maxLength: 40 }), fc.array(fc.record({ start: fc.nat(40), length: fc.integer({ min: 1, max: 9 }) }), { maxLength: 4 }), (text, marks) => {
    const pieces = piecesOf(text, marks.map(({ start, length }) => ({ start, end: start + length, class: 0 })))
    expect(pieces.map((p) => p.text).join('')).toBe(text)
    pieces.forEach((p, i) => { expect(p.start).toBe(pieces[i - 1]?.end ?? 0) })
  }))
})

test('a new mark takes the place of those it touches', () => {
  const spans = [{ start: 0, end: 3, class: 1 }, { start: 5, end: 9, class: 1 }]
  expect(withSpan(spans, { start: 2, end: 5, class: 2 })).toEqual([{ start: 2, end: 5, class: 2 }, { start: 5, end: 9, class: 1 }])
  expect(withoutSpan(spans, { start: 0, end: 3, class: 1 })).toEqual([{ start: 5, end: 9, class: 1 }])
  expect(wordRange({ start: 5, end: 9 }, { start: 0, end: 3 })).toEqual({ start: 0, end: 9 })
})
