// What Label shows, by its address: the four choices, and none of them where another filter is on.
import { expect, test } from 'vitest'
import { shownBy, SHOWS } from './shown.ts'

test('each choice is known by the address that it makes, and leaves no order behind', () => {
  for (const [shown, patch] of Object.entries(SHOWS)) {
    const query = Object.fromEntries(Object.entries<string | null>({ project: '/a.lathe', ...patch }).filter(([, value]) => value !== null))
    expect(shownBy(query), shown).toBe(shown)
    expect(patch, shown).toMatchObject({ order: null, desc: null })
  }
  expect(shownBy({ project: '/a.lathe', view: 'grid' })).toBe('all')
})

test('a filter of another kind is none of them', () => {
  expect(shownBy({ class: '3' })).toBeNull()
  expect(shownBy({ labelled: 'no', split: 'test' })).toBeNull()
})
