// The recent list: newest first, once each, bounded, and never in the way.
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { Recent } from './recent.ts'

const entry = (name: string): Parameters<Recent['add']>[0] => ({ path: name, name, task: 'image-classification', samples: 1, openedAt: 1, thumbnails: [1, 2] })

async function folder(): Promise<string> {
  const made = await mkdtemp(path.join(os.tmpdir(), 'lathe-recent-'))
  onTestFinished(() => rm(made, { recursive: true, force: true }))
  return made
}

test('newest first, each once, also when added at the same moment', async () => {
  const at = await folder()
  const recent = new Recent(path.join(at, 'data'))
  expect(await recent.list()).toEqual([])
  await Promise.all(['a', 'b', 'a', 'c'].map((name) => recent.add(entry(name))))
  expect((await new Recent(path.join(at, 'data')).list()).map((one) => one.path)).toEqual(['c', 'a', 'b'])
  await recent.remove('a')
  expect((await recent.list()).map((one) => [one.path, one.exists])).toEqual([['c', false], ['b', false]])
  expect(await readdir(path.join(at, 'data'))).toEqual(['recent.json'])
})

test('a damaged list is an empty one and is written anew', async () => {
  const at = await folder()
  await writeFile(path.join(at, 'recent.json'), '{"projects": [{"path": 3}]')
  const recent = new Recent(at)
  expect(await recent.list()).toEqual([])
  await recent.add(entry('a'))
  expect(await recent.list()).toHaveLength(1)
})

test('thirty are kept', async () => {
  const recent = new Recent(await folder())
  for (let i = 0; i < 33; i++) await recent.add(entry(String(i)))
  const kept = await recent.list()
  expect([kept.length, kept[0]?.path, kept.at(-1)?.path]).toEqual([30, '32', '3'])
})
