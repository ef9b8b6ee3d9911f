// Passages: nothing but white space is lost, and none is too long.
import { expect, test } from 'vitest'
import { passages } from './passages.ts'

const bare = (text: string): string => text.replaceAll(/\s+/g, '')

test('paragraphs are gathered whole', () => {
  expect(passages('one\n\ntwo two\r\n\r\n\r\nthree\n \n four', 14)).toEqual(['one\n\ntwo two', 'three\n\nfour'])
  expect(passages('verse one\nverse two\n\nprose', 100)).toEqual(['verse one\nverse two\n\nprose'])
})

test('long paragraphs are cut after lines, sentences or words', () => {
  expect(passages('first line\nsecond line', 15)).toEqual(['first line', 'second line'])
  expect(passages('He went. “Did he?” She left at once.', 20)).toEqual(['He went. “Did he?”', 'She left at once.'])
  expect(passages('aaaa bbbb cccc', 10)).toEqual(['aaaa bbbb', 'cccc'])
  expect(passages('x'.repeat(25), 10)).toEqual(['x'.repeat(10), 'x'.repeat(10), 'xxxxx'])
  expect(passages('😀'.repeat(4), 3)).toEqual(['😀', '😀', '😀', '😀'])
})

test('empty texts have none', () => {
  expect(passages('')).toEqual([])
  expect(passages(' \n\n\t\n')).toEqual([])
})

test('a text of 100,000 characters in one line loses nothing', () => {
  const text = Array.from({ length: 20_000 }, (_, i) => `w${i % 97}`).join(' ')
  const found = passages(text)
  expect(bare(found.join(''))).toBe(bare(text))
  expect(Math.max(...found.map((p) => p.length))).toBeLessThanOrEqual(1500)
})
