// Filters in the address: what is readable is used, what is not is left out.
import { expect, test } from 'vitest'
import { filterOf, isFiltered, orderOf } from './sample-filter.ts'

test('every filter is read', () => {
  expect(filterOf({ class: '3', split: 'val', labelled: 'yes', search: 'cat', run: '2', wrong: 'yes', predicted: '4', import: '1', suggested: 'yes' })).toEqual({ suggested: true, class: 3, split: 'val', labelled: true, search: 'cat', run: 2, wrong: true, predicted: 4, import: 1 })
  expect(filterOf({ class: 'none', split: 'none', labelled: 'no' })).toEqual({ class: 'none', split: 'none', labelled: false })
})
test('nonsense shows everything', () => {
  expect(filterOf({ class: 'x', split: 'middle', labelled: 'maybe', run: '-1', wrong: 'yes', project: '/a' })).toEqual({})
  expect(isFiltered(filterOf({ class: '0' }))).toBe(false)
  expect(filterOf({ search: 'a'.repeat(300) }).search).toHaveLength(200)
})
test('wrong and predicted need a run, and so do loss and confidence', () => {
  expect(filterOf({ wrong: 'yes', predicted: '1' })).toEqual({})
  expect(orderOf({ order: 'loss' })).toEqual({ order: 'id', descending: false })
  expect(orderOf({ order: 'loss', run: '1', desc: 'yes' })).toEqual({ order: 'loss', descending: true })
})
