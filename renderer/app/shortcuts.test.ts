// Keys: names of presses, the last registered wins, fields keep their letters, chords.
import { afterEach, expect, test, vi } from 'vitest'
import { effectScope, type EffectScope } from 'vue'
import { activeShortcuts, handleKey, keyName, keyParts, useShortcuts } from './shortcuts.ts'

let scopes: EffectScope[] = []
afterEach(() => {
  for (const scope of scopes) scope.stop()
  scopes = []
  document.body.replaceChildren()
})
function register(keys: string, run: () => unknown, inFields = false): void {
  const scope = effectScope()
  scope.run(() => { useShortcuts([{ keys: [keys], label: keys, group: 'Test', run, inFields }]) })
  scopes.push(scope)
}
function press(key: string, init: KeyboardEventInit = {}, target: Element = document.body): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init })
  target.addEventListener('keydown', (e) => { handleKey(e as KeyboardEvent) }, { once: true })
  target.dispatchEvent(event)
  return event
}

test('names of presses', () => {
  const base = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false }
  expect(keyName({ ...base, key: 'Z', ctrlKey: true, shiftKey: true })).toBe('mod+shift+z')
  expect(keyName({ ...base, key: 'k', metaKey: true })).toBe('mod+k')
  expect(keyName({ ...base, key: '?', shiftKey: true })).toBe('?')
  expect(keyName({ ...base, key: ' ' })).toBe('Space')
  expect(keyName({ ...base, key: 'ArrowLeft', shiftKey: true })).toBe('shift+ArrowLeft')
})
test('a press runs the last registered, and goes when its place goes', () => {
  const first = vi.fn()
  const second = vi.fn()
  register('d', first)
  register('d', second)
  expect(press('d').defaultPrevented).toBe(true)
  expect(second).toHaveBeenCalledOnce()
  scopes.pop()?.stop()
  press('d')
  expect(first).toHaveBeenCalledOnce()
  expect(activeShortcuts.value.map((shortcut) => shortcut.label)).toEqual(['d'])
})
test('a shortcut that refuses lets the key go on', () => {
  const behind = vi.fn()
  register('d', behind)
  register('d', () => false)
  press('d')
  expect(behind).toHaveBeenCalledOnce()
  scopes.shift()?.stop()
  expect(press('d').defaultPrevented).toBe(false)
})
test('typing in a field is typing', () => {
  const plain = vi.fn()
  const everywhere = vi.fn()
  register('d', plain)
  register('mod+k', everywhere, true)
  const input = document.body.appendChild(document.createElement('input'))
  press('d', {}, input)
  press('k', { ctrlKey: true }, input)
  expect(plain).not.toHaveBeenCalled()
  expect(everywhere).toHaveBeenCalledOnce()
})
test('Space on a button stays with the button', () => {
  const run = vi.fn()
  register('Space', run)
  press(' ', {}, document.body.appendChild(document.createElement('button')))
  expect(run).not.toHaveBeenCalled()
  press(' ')
  expect(run).toHaveBeenCalledOnce()
})
test('a chord needs both keys, one after the other', () => {
  const run = vi.fn()
  register('g d', run)
  press('d')
  expect(run).not.toHaveBeenCalled()
  press('g')
  press('d')
  expect(run).toHaveBeenCalledOnce()
})
test('keys as they are shown', () => {
  expect(keyParts('mod+shift+z')).toEqual(['Ctrl', 'Shift', 'Z'])
  expect(keyParts('g d')).toEqual(['G', 'D'])
  expect(keyParts('?')).toEqual(['?'])
})
