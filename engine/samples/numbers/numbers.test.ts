// Sample `numbers`: every pair says the same number, and none is in two splits.
import { expect, test } from 'vitest'
import type { NewSample } from '../../data/new-sample.ts'
import { numbers } from './numbers.ts'
import { englishNumber, frenchNumber } from './words.ts'

async function all(): Promise<NewSample[]> {
  const found: NewSample[] = []
  for await (const sample of numbers.open()) found.push(sample)
  return found
}

test('6,000 different numbers in both languages, 4,800 to learn from, always the same', async () => {
  const found = await all()
  expect(found).toHaveLength(numbers.samples)
  expect(new Set(found.map((s) => s.sha256)).size).toBe(numbers.samples)
  expect(['train', 'val', 'test'].map((split) => found.filter((s) => s.split === split).length)).toEqual([4800, 600, 600])
  for (const { data, label, meta } of found) {
    const n = Number(meta?.['number'])
    expect(new TextDecoder().decode(data!)).toBe(englishNumber(n))
    expect(label).toEqual({ kind: 'text', text: frenchNumber(n) })
    expect(n).toBeLessThan(1_000_000)
  }
  expect((await all()).map((s) => s.name)).toEqual(found.map((s) => s.name))
})
