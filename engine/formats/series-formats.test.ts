// Formats of series: which columns are what, how bad rows are named, what goes into a sample.
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { tempFolder, writeFiles } from '../../test/support/images.ts'
import type { InputKind } from '../contract/input-kind.ts'
import type { FoundItem, FoundSkip } from './format.ts'
import { read } from './read.ts'
import { openSource } from './source/source.ts'

let folder = ''
beforeAll(async () => {
  folder = await tempFolder()
  await writeFiles(folder, {
    'sun.csv': '"YEAR","SUNACTIVITY"\n1700,5\n1701,11\n1702,16\n',
    'slashes.csv': 'when;temperature;day\n13/01/2024;1,5;Mon\n14/01/2024;2;Tue\n15/01/2024;1,500;Wed\n16/01/2024;-0,25;Thu\n',
    'split.csv': 'ds,x,y,split\n2024-01-01,9,1,train\n2024-01-02,8,NA,val\n2024-01-03,7,3,TEST\n',
    'sun.csv.gz': gzipSync('year,n\n1700,5\n1701,6\n'),
    'untimed.csv': 'a,b\nx,y\n',
    'long.csv': 'recording,t,x,label\na,0,1,up\na,0.5,,up\na,1,3,up\n,0,1,up\nb,0,1,down\nb,0,3,down\nb,0.5,word,down\n',
    'steps/up/1.csv': 'x,y\n1,2\n3,4\n',
    'steps/up/2.json': '{"channels":["x"],"values":[[1,2]]}',
    'steps/up/3.txt': 'nothing',
  })
})
afterAll(() => rm(folder, { recursive: true }))

interface All {
  readonly items: FoundItem[]
  readonly skips: FoundSkip[]
  readonly notes: string[]
}
async function all(name: string, input: InputKind, task: string): Promise<All> {
  const notes: string[] = []
  const found: All = { items: [], skips: [], notes }
  const ctx = { note: (m: string) => notes.push(m), expect: () => undefined, signal: undefined }
  for await (const one of read({ source: await openSource(join(folder, name)), format: 'auto', input, task, ctx })) {
    if (one.kind === 'item') found.items.push(one)
    else found.skips.push(one)
  }
  return found
}
const forecast = (name: string): Promise<All> => all(name, 'row', 'series-forecast')
const json = async (item: FoundItem | undefined): Promise<unknown> => JSON.parse(new TextDecoder().decode(await item!.read()))

test('a year is a time, the rest is the value', async () => {
  const { items, notes } = await forecast('sun.csv')
  expect(items.map((i) => [i.name, i.label, i.meta])).toEqual([1700, 1701, 1702].map((year, i) => [`sun/${year} (row ${i + 2}).json`, { kind: 'number', value: [5, 11, 16][i] }, { time: year }]))
  expect(await json(items[0])).toEqual({ time: 1700, value: 5 })
  expect(notes).toEqual(["sun.csv: time is 'YEAR', the value is 'SUNACTIVITY'", 'sun.csv: one step is 1'])
  expect((await forecast('sun.csv.gz')).items).toHaveLength(2)
})

test('days before months as soon as one is over twelve; a comma is a decimal point where it cannot be thousands', async () => {
  const { items, skips } = await forecast('slashes.csv')
  expect(items.map((i) => [i.meta?.['time'], i.label])).toEqual([['2024-01-13', { kind: 'number', value: 1.5 }], ['2024-01-14', { kind: 'number', value: 2 }], ['2024-01-16', { kind: 'number', value: -0.25 }]])
  expect(skips).toMatchObject([{ path: 'slashes.csv row 4', reason: "'1,500' in column 'temperature' is no number" }])
})

test('y is the value wherever it stands, a gap is no row, and splits that are given stay', async () => {
  const { items, notes } = await forecast('split.csv')
  expect(await json(items[1])).toEqual({ time: '2024-01-03', value: 3, x: 7 })
  expect(items.map((i) => i.split)).toEqual(['train', 'test'])
  expect(notes.join()).toMatch(/1 of 3 steps have no value/)
})

test('tables of other tasks are left to their formats', async () => {
  expect((await forecast('untimed.csv')).items).toEqual([])
  const { items } = await all('sun.csv', 'row', 'tabular-regression')
  expect(items.every((i) => i.meta?.['time'] === undefined)).toBe(true)
})

test('recordings: gaps filled on their clock, rows of one time averaged, bad ones named', async () => {
  const { items, skips } = await all('long.csv', 'series', 'series-classification')
  expect(items.map((i) => [i.name, i.className])).toEqual([['long/a.json', 'up']])
  expect(await json(items[0])).toEqual({ channels: ['x'], values: [[1, 2, 3]], rate: 2 })
  expect(skips).toMatchObject([{ reason: '1 rows have no id' }, { reason: "row 8: 'word' in column 'x' is no number" }])
})

test('files: tables become JSON, folders are classes, what is neither is named', async () => {
  const { items, skips } = await all('steps', 'series', 'series-classification')
  expect(await Promise.all(items.map(json))).toEqual([{ channels: ['x', 'y'], values: [[1, 3], [2, 4]] }, { channels: ['x'], values: [[1, 2]] }])
  expect(items.map((i) => [i.name, i.className])).toEqual([['up/1.json', 'up'], ['up/2.json', 'up']])
  expect(skips).toMatchObject([{ path: 'up/3.txt', reason: 'neither JSON nor CSV' }])
})
