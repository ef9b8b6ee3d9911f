// Tests of zooming by keys.
import { expect, test } from 'vitest'
import { panned, scaled } from './zoom.ts'

test('halves about the middle, and back to all', () => {
  expect(scaled([0, 100], 0.5, [0, 100])).toEqual([25, 75])
  expect(scaled([25, 75], 2, [0, 100])).toBeNull()
  expect(scaled([0, 40], 2, [0, 100])).toEqual([0, 60])
})

test('pans and stops at the ends', () => {
  expect(panned([20, 40], 0.5, [0, 100])).toEqual([30, 50])
  expect(panned([20, 40], -5, [0, 100])).toEqual([0, 20])
  expect(panned([90, 100], 0.5, [0, 100])).toEqual([90, 100])
  expect(panned([0, 100], 0.5, [0, 100])).toBeNull()
})
