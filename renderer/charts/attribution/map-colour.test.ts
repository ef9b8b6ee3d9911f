// Tests of colours of attributions.
import { expect, test } from 'vitest'
import { mapColour, strongest } from './map-colour.ts'

test('the largest is the strongest, the sign decides the hue, nothing is transparent', () => {
  const map = Float32Array.of(-4, 2, 0)
  expect(mapColour(-4, strongest(map), true, 1)).toBe('rgb(33 102 172 / 1.000)')
  expect(mapColour(2, strongest(map), true, 0.5)).toBe('rgb(178 24 43 / 0.250)')
  expect(mapColour(-4, strongest(map), false, 1)).toBe('rgb(178 24 43 / 1.000)')
  expect(mapColour(0, strongest(map), true, 1)).toBe('rgb(178 24 43 / 0.000)')
  expect(mapColour(0, strongest(new Float32Array(2)), true, 1)).toMatch(/ 0\.000\)$/)
})
