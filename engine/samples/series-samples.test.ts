// Samples of series: counts, splits, kinds and always the same bytes; what each promises of its splits.
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import type { NewSample } from '../data/new-sample.ts'
import { co2 } from './co2/co2.ts'
import { gestures } from './gestures/gestures.ts'
import type { BuiltInSample } from './sample.ts'
import { sensors } from './sensors/sensors.ts'
import { sunspots } from './sunspots/sunspots.ts'

async function all(sample: BuiltInSample): Promise<NewSample[]> {
  const list: NewSample[] = []
  for await (const s of sample.open()) list.push(s)
  expect(list).toHaveLength(sample.samples)
  expect(new Set(list.map((s) => s.sha256)).size).toBe(list.length)
  expect(new Set(list.map((s) => s.name)).size).toBe(list.length)
  return list
}
const hashOf = (list: readonly NewSample[]): string => {
  const hash = createHash('sha256')
  for (const s of list) hash.update(`${s.name} ${s.sha256} ${s.split ?? ''} ${s.className ?? ''} ${JSON.stringify(s.label ?? null)}\n`)
  return hash.digest('hex').slice(0, 16)
}
const json = (s: NewSample): Record<string, unknown> => JSON.parse(new TextDecoder().decode(s.data!)) as Record<string, unknown>
const counts = (list: readonly NewSample[]): number[] => ['train', 'val', 'test'].map((split) => list.filter((s) => s.split === split).length)

test('sunspots and co2: a row a step, divided in time', async () => {
  const sun = await all(sunspots)
  expect(counts(sun)).toEqual([216, 47, 46])
  expect(json(sun[0]!)).toEqual({ time: 1700, value: 5 })
  expect(sun[0]!.label).toEqual({ kind: 'number', value: 5 })
  const air = await all(co2)
  expect(counts(air)).toEqual([1557, 334, 334])
  expect(json(air[0]!)).toEqual({ time: '1958-03-29', value: 316.1 })
  for (const list of [sun, air]) expect(list.map((s) => s.split).join()).toMatch(/^(train,)+(val,)+(test,?)+$/)
  expect([hashOf(sun), hashOf(air)]).toEqual(['2a00261544d5547f', '9ac26fe566fb81cc'])
})

test('gestures: eight classes by fifteen people, none of whom is in two splits', async () => {
  const list = await all(gestures)
  expect(counts(list)).toEqual([640, 128, 192])
  const people = new Map<string, Set<unknown>>()
  for (const s of list) people.set(String(s.meta!['group']), (people.get(String(s.meta!['group'])) ?? new Set()).add(s.split))
  expect([...people.values()].every((splits) => splits.size === 1)).toBe(true)
  const lengths = list.map((s) => (json(s)['values'] as number[][])[0]!.length)
  expect(new Set(lengths).size).toBeGreaterThan(50)
  for (const c of gestures.classes) expect(list.filter((s) => s.className === c)).toHaveLength(120)
  expect(hashOf(list)).toBe('70b0624170772ea5')
})

test('sensors: training is normal, validation and test have every fault equally often', async () => {
  const list = await all(sensors)
  expect(counts(list)).toEqual([900, 240, 480])
  expect(list.filter((s) => s.split === 'train').every((s) => s.className === 'normal')).toBe(true)
  const faults = list.filter((s) => s.split === 'test').map((s) => s.meta!['fault'])
  for (const fault of ['spike', 'stuck', 'drift', 'rattle', 'decoupled', 'dropout']) expect(faults.filter((f) => f === fault)).toHaveLength(30)
  for (const s of list.slice(0, 20)) expect((json(s)['values'] as number[][]).map((c) => c.length)).toEqual([128, 128, 128, 128])
  expect(hashOf(list)).toBe('18974c7b6cbed90f')
})
