// Samples of tables and ratings: what their descriptions say, always the same.
import { expect, test } from 'vitest'
import { parseRow } from '../data/table/row.ts'
import type { NewSample } from '../data/new-sample.ts'
import { sampleFor } from './index.ts'

async function all(id: string, task: string): Promise<NewSample[]> {
  const samples: NewSample[] = []
  for await (const sample of sampleFor(id, task).open()) samples.push(sample)
  expect(samples.length).toBe(sampleFor(id, task).samples)
  expect(new Set(samples.map((s) => s.sha256)).size).toBe(samples.length)
  return samples
}
const counts = (samples: readonly NewSample[]): number[] => ['train', 'val', 'test'].map((split) => samples.filter((s) => s.split === split).length)

test('iris and breast-cancer', async () => {
  const iris = await all('iris', 'tabular-classification')
  expect(parseRow(iris[0]!.data!)).toEqual({ 'sepal length': 5.1, 'sepal width': 3.5, 'petal length': 1.4, 'petal width': 0.2 })
  expect(counts(iris)).toEqual([84, 21, 45])
  const tumours = await all('breast-cancer', 'tabular-classification')
  expect(Object.keys(parseRow(tumours[0]!.data!))).toHaveLength(30)
  expect(tumours.filter((s) => s.className === 'malignant')).toHaveLength(212)
})

test('co2 as rows: whole years to one split', async () => {
  const weeks = await all('co2', 'tabular-regression')
  expect(parseRow(weeks[0]!.data!)).toHaveProperty('a year before')
  const years = new Map<string, string>()
  for (const { meta, split } of weeks) {
    const year = String(meta?.['time']).slice(0, 4)
    expect(years.get(year) ?? split).toBe(split)
    years.set(year, split ?? '')
  }
  expect(() => sampleFor('co2', 'text-pair')).toThrow('serves series-forecast, tabular-regression, not text-pair')
})

test('ratings: the last film of each person is the test, the one before validates', async () => {
  const ratings = await all('ratings', 'recommendation')
  expect(counts(ratings)).toEqual([ratings.length - 1200, 600, 600])
  const stars = ratings.map((s) => (s.label?.kind === 'number' ? s.label.value : 0))
  expect(new Set(stars)).toEqual(new Set([1, 2, 3, 4, 5]))
  const last = new Map<unknown, number>()
  for (const { meta } of ratings) last.set(meta?.['user'], Math.max(last.get(meta?.['user']) ?? 0, Number(meta?.['time'])))
  for (const { meta, split } of ratings) expect(split === 'test').toBe(meta?.['time'] === last.get(meta?.['user']))
})
