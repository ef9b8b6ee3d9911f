// Tests of round ticks.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ticks } from './ticks.ts'

test('round numbers of known ranges', () => {
  expect(ticks(0, 1, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1])
  expect(ticks(-0.03, 0.03, 4)).toEqual([-0.02, 0, 0.02])
  expect(ticks(0, 97, 4)).toEqual([0, 20, 40, 60, 80])
})

test('an empty range has its one value', () => {
  expect(ticks(2, 2, 4)).toEqual([2])
})

test('inside the range, rising, about as many as asked for', () => {
  fc.assert(fc.property(fc.double({ min: -1e4, max: 1e4, noNaN: true }), fc.double({ min: 1e-3, max: 1e4, noNaN: true }), (low, size) => {
    const values = ticks(low, low + size, 5)
    expect(values.length).toBeGreaterThanOrEqual(3)
    expect(values.length).toBeLessThanOrEqual(10)
    for (const [i, v] of values.entries()) {
      expect(v).toBeGreaterThanOrEqual(low - size * 1e-6)
      expect(v).toBeLessThanOrEqual(low + size * (1 + 1e-6))
      if (i > 0) expect(v).toBeGreaterThan(values[i - 1] ?? Infinity)
    }
  }))
})
