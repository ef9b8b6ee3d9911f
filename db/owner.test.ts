// Who works on a run: this process, one that died, one of before the last boot.
import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { isAlive, owner, sameStart } from './owner.ts'

test('this process is alive, one that has ended is not', () => {
  expect(isAlive(owner(), 0)).toBe(true)
  const { pid } = spawnSync(process.execPath, ['-e', ''])
  const [host] = owner().split('/')
  expect(isAlive(`${host}/${pid}/1`, Date.now())).toBe(false)
  expect(isAlive(null, Date.now())).toBe(false)
})

test('a pid that was given away again is another process', () => {
  const [host, pid] = owner().split('/')
  expect(isAlive(`${host}/${pid}/1`, Date.now())).toBe(false)
})

test('where the system does not say when a process began, one from before the last boot is not this one, and a clock that was set makes no difference', () => {
  expect(sameStart('boot1700000000', 'boot1700000004')).toBe(true)
  expect(sameStart('boot1700000000', 'boot1700009000')).toBe(false)
  expect(sameStart('12345', 'boot1700000000')).toBe(false)
  expect(sameStart('12345', '12345')).toBe(true)
})
