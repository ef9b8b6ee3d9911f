// A stamp changes with every source that counts, and with nothing else.
import { mkdtemp, mkdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isFresh, sourceStamp } from './stamp.ts'

let root = ''
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'lathe-stamp-'))
  await mkdir(path.join(root, 'room', 'inner'), { recursive: true })
  await mkdir(path.join(root, 'room', 'node_modules'))
  await writeFile(path.join(root, 'room', 'inner', 'a.ts'), '1')
  await writeFile(path.join(root, 'lock.json'), '{}')
})
afterEach(() => rm(root, { recursive: true, force: true }))
const stamp = (): Promise<string> => sourceStamp(root, ['room', 'lock.json', 'not-there'], (file) => !file.endsWith('.test.ts'))

test('a changed, added, removed or touched source changes it', async () => {
  const seen = new Set([await stamp()])
  await writeFile(path.join(root, 'room', 'inner', 'a.ts'), '22')
  seen.add(await stamp())
  await writeFile(path.join(root, 'room', 'b.ts'), '')
  seen.add(await stamp())
  await writeFile(path.join(root, 'lock.json'), '{"a":1}')
  seen.add(await stamp())
  await utimes(path.join(root, 'room', 'b.ts'), 1, 1)
  seen.add(await stamp())
  await rm(path.join(root, 'room', 'inner', 'a.ts'))
  seen.add(await stamp())
  expect(seen.size).toBe(6)
})

test('tests and node_modules do not', async () => {
  const before = await stamp()
  await writeFile(path.join(root, 'room', 'a.test.ts'), '')
  await writeFile(path.join(root, 'room', 'node_modules', 'c.ts'), '')
  expect(await stamp()).toBe(before)
})

test('a folder is fresh by its own stamp only', async () => {
  expect(await isFresh(root, 'x')).toBe(false)
  await writeFile(path.join(root, '.stamp'), 'x')
  expect(await isFresh(root, 'x')).toBe(true)
  expect(await isFresh(root, 'y')).toBe(false)
})
