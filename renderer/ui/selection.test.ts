// Selection: click, Ctrl, Shift, lasso, arrows, and what is left of it when the list changes.
import { expect, test } from 'vitest'
import { everything, kept, lassoed, moved, nothing, only, ranged, toggled } from './selection.ts'

const order = [10, 11, 12, 13, 14, 15]
const ids = (selection: { ids: ReadonlySet<number> }): number[] => [...selection.ids].sort((a, b) => a - b)

test('click, Ctrl+click, Shift+click', () => {
  const one = only(order, 1)
  expect(ids(one)).toEqual([11])
  const two = toggled(one, order, 3)
  expect(ids(two)).toEqual([11, 13])
  expect(ids(toggled(two, order, 1))).toEqual([13])
  expect(ids(ranged(two, order, 5))).toEqual([13, 14, 15])
  expect(ids(ranged(two, order, 5, true))).toEqual([11, 13, 14, 15])
  expect(ids(ranged(one, order, 0))).toEqual([10, 11])
})
test('arrows move one, Shift extends from the anchor, both ends hold', () => {
  expect(moved(nothing, order, 1, false).cursor).toBe(0)
  const at = moved(only(order, 2), order, 1, true)
  expect(ids(at)).toEqual([12, 13])
  expect(ids(moved(at, order, -2, true))).toEqual([11, 12])
  expect(moved(only(order, 5), order, 3, false).cursor).toBe(5)
  expect(moved(nothing, [], 1, false)).toEqual(nothing)
})
test('lasso replaces or adds; all takes all', () => {
  expect(ids(lassoed(only(order, 0), order, [2, 3], false))).toEqual([12, 13])
  expect(ids(lassoed(only(order, 0), order, [2, 3], true))).toEqual([10, 12, 13])
  expect(everything(nothing, order).ids.size).toBe(6)
})
test('after a change the cursor stays on its sample, or in its place', () => {
  const selection = ranged(only(order, 1), order, 3)
  const moved = kept(selection, order, [9, 10, 11, 12, 13])
  expect(ids(moved)).toEqual([11, 12, 13])
  expect(moved.cursor).toBe(4)
  const gone = kept(only(order, 5), order, [10, 11])
  expect(ids(gone)).toEqual([])
  expect(gone.cursor).toBe(1)
  expect(kept(selection, order, []).cursor).toBe(-1)
})
