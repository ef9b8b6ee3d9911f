// Drawn items as pixels and places.
import { expect, test } from 'vitest'
import { viridis } from '../charts/colour-maps.ts'
import { cellPixels, pointsIn, rgbaOf } from './drawn-pixels.ts'

test('grey becomes three equal channels, colour stays', () => {
  expect([...rgbaOf({ kind: 'pixels', width: 2, height: 1, channels: 1, data: Uint8Array.of(0, 200), label: null }).data]).toEqual([0, 0, 0, 255, 200, 200, 200, 255])
  expect([...rgbaOf({ kind: 'pixels', width: 1, height: 1, channels: 3, data: Uint8Array.of(1, 2, 3), label: null }).data]).toEqual([1, 2, 3, 255])
})

test('cells go from dark to bright, and what is empty is clear', () => {
  const { data } = cellPixels({ kind: 'cells', width: 3, height: 1, data: Float32Array.of(1, Number.NaN, 5) })
  expect([...data]).toEqual([...viridis(0), 255, 0, 0, 0, 0, ...viridis(1), 255])
})

test('points lie within the margin, high values on top', () => {
  expect(pointsIn({ kind: 'points', x: Float32Array.of(10, 20), y: Float32Array.of(1, 3), classes: Uint8Array.of(0, 2) }, 108, 58)).toEqual([{ x: 4, y: 54, class: 0 }, { x: 104, y: 4, class: 2 }])
})
