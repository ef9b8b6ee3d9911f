// Tests of the moving average.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ema } from './ema.ts'

const finite = fc.double({ min: -1e6, max: 1e6, noNaN: true })

test('factor 0 changes nothing', () => {
  expect(ema([3, 1, 2], 0)).toEqual([3, 1, 2])
})

test('the start is not pulled to zero', () => {
  expect(ema([5, 5, 5], 0.9)[0]).toBeCloseTo(5, 12)
  expect(ema([2, 4], 0.5)[1]).toBeCloseTo((0.5 * 2 + 4) / 1.5, 12)
})

test('stays between the smallest and the largest value', () => {
  fc.assert(fc.property(fc.array(finite, { minLength: 1 }), fc.double({ min: 0, max: 0.99, noNaN: true }), (values, factor) => {
    const [low, high] = [Math.min(...values), Math.max(...values)]
    return ema(values, factor).every((v) => v >= low - 1e-6 && v <= high + 1e-6)
  }))
})

test('a NaN stays where it is and spoils nothing after it', () => {
  const [first, second, third] = ema([1, NaN, 1], 0.9)
  expect(first).toBeCloseTo(1)
  expect(second).toBeNaN()
  expect(third).toBeCloseTo(1)
})
