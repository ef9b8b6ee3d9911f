// Sample `prose`: the whole book, in its order, each chapter in one split.
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import type { NewSample } from '../../data/new-sample.ts'
import { samplePath } from '../assets.ts'
import { prose } from './prose.ts'

test('twelve chapters in passages, no chapter in two splits', async () => {
  const all: NewSample[] = []
  for await (const sample of prose.open()) all.push(sample)
  expect(all).toHaveLength(prose.samples)
  expect(new Set(all.map((s) => s.name)).size).toBe(all.length)
  const text = (s: NewSample): string => new TextDecoder().decode(s.data!)
  expect(text(all[0]!)).toMatch(/^CHAPTER I\. Down the Rabbit-Hole\n\nAlice was beginning/)
  expect(text(all.at(-1)!)).toMatch(/the happy summer days\.$/)
  expect(all.every((s) => s.label?.kind === 'none' && s.className === null && text(s).length <= 1500 && text(s).trim() === text(s))).toBe(true)
  const chapters = new Map<number, Set<string | null>>()
  for (const { meta, split } of all) chapters.set(Number(meta?.['chapter']), (chapters.get(Number(meta?.['chapter'])) ?? new Set()).add(split))
  expect([...chapters].map(([chapter, splits]) => [chapter, ...splits])).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((chapter) => [chapter, chapter < 10 ? 'train' : chapter === 10 ? 'val' : 'test']))
  // Nothing but white space between passages is lost.
  const book = await readFile(samplePath('prose', 'alice.txt'), 'utf8')
  expect(all.map(text).join('').replaceAll(/\s/g, '')).toBe(book.replaceAll(/\s/g, ''))
})
