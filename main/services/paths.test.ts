// The path guard: nothing outside the folders, whatever the way there.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { PathGuard } from './paths.ts'

function folders(): { readonly inside: string; readonly outside: string } {
  const base = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'lathe-paths-')))
  onTestFinished(() => { rmSync(base, { recursive: true, force: true }) })
  for (const name of ['in', 'in-other']) mkdirSync(path.join(base, name))
  writeFileSync(path.join(base, 'in-other', 'a'), '')
  return { inside: path.join(base, 'in'), outside: path.join(base, 'in-other') }
}

test('inside passes, existing or not; outside is refused by name', () => {
  const { inside, outside } = folders()
  const guard = new PathGuard([inside])
  expect(guard.check(path.join(inside, 'new', 'x.lathe'))).toBe(path.join(inside, 'new', 'x.lathe'))
  expect(guard.check(inside)).toBe(inside)
  for (const bad of [outside, path.join(inside, '..', 'in-other', 'a'), '/', path.dirname(inside), path.join(inside, '..')]) {
    expect(() => guard.check(bad), bad).toThrow(expect.objectContaining({ kind: 'forbidden', message: expect.stringContaining(inside) as string }))
    expect(guard.allows(bad)).toBe(false)
  }
  expect(() => guard.check(`${inside}/a\0b`)).toThrow(expect.objectContaining({ kind: 'usage' }))
})

test('a link that leads outside is outside, also for files that are still to come', () => {
  const { inside, outside } = folders()
  symlinkSync(outside, path.join(inside, 'link'))
  const guard = new PathGuard([inside])
  expect(guard.allows(path.join(inside, 'link', 'a'))).toBe(false)
  expect(guard.allows(path.join(inside, 'link', 'new', 'x'))).toBe(false)
  guard.allow(outside)
  expect(guard.check(path.join(inside, 'link', 'a'))).toBe(path.join(outside, 'a'))
})

test('names that begin with dots are no way out', () => {
  const { inside } = folders()
  expect(new PathGuard([inside]).check(path.join(inside, '..x'))).toBe(path.join(inside, '..x'))
})

test('without folders everything passes', () => {
  expect(new PathGuard(null).allows('/')).toBe(true)
})
