// The window's place survives; nonsense and screens that are gone do not.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readWindowState, writeWindowState } from './window-state.ts'

let folder = ''
beforeEach(() => { folder = mkdtempSync(path.join(tmpdir(), 'lathe-window-')) })
afterEach(() => { rmSync(folder, { recursive: true }) })
const screen = { x: 0, y: 0, width: 1920, height: 1080 }
const state = { bounds: { x: 100, y: 50, width: 1280, height: 800 }, maximized: true }

test('what was written is read, in a folder that is made', () => {
  const file = path.join(folder, 'new', 'window.json')
  writeWindowState(file, state)
  expect(readWindowState(file, [screen])).toEqual(state)
})

test('a window on a screen that is gone is forgotten', () => {
  const file = path.join(folder, 'window.json')
  writeWindowState(file, { ...state, bounds: { ...state.bounds, x: 2500 } })
  expect(readWindowState(file, [screen])).toBeNull()
  expect(readWindowState(file, [screen, { ...screen, x: 1920 }])).not.toBeNull()
})

test.each(['', '{', 'null', '{"bounds":{"x":"a"}}', '{"bounds":{"x":0,"y":0,"width":1,"height":1},"maximized":false}'])('nonsense is as none: %s', (text) => {
  const file = path.join(folder, 'window.json')
  writeFileSync(file, text)
  expect(readWindowState(file, [screen])).toBeNull()
})

test('no file is none', () => {
  expect(readWindowState(path.join(folder, 'none.json'), [screen])).toBeNull()
})
