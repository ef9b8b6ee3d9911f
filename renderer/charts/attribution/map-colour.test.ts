// Tests of colours of attributions.
import { expect, test } from 'vitest'
import { mapColour } from './map-colour.ts'

test('the largest is the strongest, the sign decides the hue, nothing is transparent', () => {
  const map = Float32Array.of(-4, 2, 0)
  expect(mapColour(-4, map, true, 1)).toBe('rgb(33 102 172 / 1.000)')
  expect(mapColour(2, map, true, 0.5)).toBe('rgb(178 24 43 / 0.250)')
  expect(mapColour(-4, map, false, 1)).toBe('rgb(178 24 43 / 1.000)')
  expect(mapColour(0, map, true, 1)).toBe('rgb(178 24 43 / 0.000)')
  expect(mapColour(0, new Float32Array(2), true, 1)).toMatch(/ 0\.000\)$/)
})
