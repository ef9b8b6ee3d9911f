// Tests of heat pixels.
import { expect, test } from 'vitest'
import { blueWhiteRed, viridis } from './colour-maps.ts'
import { heatPixels, heatRange } from './heat-pixels.ts'

test('a signed map is symmetric, so zero is white whatever the extremes', () => {
  const map = new Float32Array([-1, 0, 4])
  expect(heatRange(map, true)).toEqual({ low: -4, high: 4 })
  const pixels = heatPixels(map, true)
  expect([...pixels.slice(4, 8)]).toEqual([...blueWhiteRed(0), 255])
  expect([...pixels.slice(8, 12)]).toEqual([...blueWhiteRed(1), 255])
  expect([...pixels.slice(0, 4)]).toEqual([...blueWhiteRed(-0.25), 255])
})

test('a magnitude map runs from zero to its largest value', () => {
  const map = new Float32Array([0.5, 2])
  expect(heatRange(map, false)).toEqual({ low: 0, high: 2 })
  expect([...heatPixels(map, false).slice(0, 3)]).toEqual([...viridis(0.25)])
})

test('a map of zeros is drawn, not divided by zero', () => {
  const map = new Float32Array(2)
  expect(heatRange(map, true)).toEqual({ low: -1, high: 1 })
  expect([...heatPixels(map, false).slice(0, 3)]).toEqual([...viridis(0)])
})
