// Built-in samples: the registry is whole, and digits are what their licence line says, always the same.
import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { decode } from '../data/decode.ts'
import type { NewSample } from '../data/new-sample.ts'
import { samplePath } from './assets.ts'
import { openSample, samples } from './index.ts'

test('names every folder', () => {
  const folders = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((e) => e.isDirectory())
  expect(Object.keys(samples).sort()).toEqual(folders.map((f) => f.name).sort())
})

test('digits: 1,797 distinct images of ten classes, split 70/15/15 by class', async () => {
  const all: NewSample[] = []
  for await (const sample of openSample('digits')) all.push(sample)
  expect(all.length).toBe(samples.digits.samples)
  expect(new Set(all.map((s) => s.sha256)).size).toBe(1797)
  expect(new Set(all.map((s) => s.name)).size).toBe(1797)
  const count = (split: string, c?: string): number => all.filter((s) => s.split === split && (c === undefined || s.className === c)).length
  expect([count('train'), count('val'), count('test')]).toEqual([1259, 270, 268])
  for (const c of samples.digits.classes) expect(Math.abs(count('test', c) - 0.15 * all.filter((s) => s.className === c).length)).toBeLessThan(1)
  // The first row of the source: 0 0 5 13 9 1 0 0, of 16.
  expect([...(await decode(all[0]!.data!)).data.subarray(0, 8)]).toEqual([0, 0, 80, 207, 143, 16, 0, 0])
  const hash = createHash('sha256')
  for (const s of all) hash.update(`${s.name} ${s.sha256} ${s.split ?? ''} ${s.className ?? ''}\n`)
  expect(hash.digest('hex')).toBe('055fa7a81276c33502cde1456535db49b70905f05bda0589445d1684e5462f14')
})

test('unknown samples and missing files are named', () => {
  expect(() => openSample('nope')).toThrow("there is no built-in sample 'nope'; there are: digits")
  expect(() => samplePath('digits', 'gone.bin')).toThrow("file 'gone.bin' of the built-in sample 'digits' is missing")
})
