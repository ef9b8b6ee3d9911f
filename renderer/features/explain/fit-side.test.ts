// Tests of fitting a picture.
import { expect, test } from 'vitest'
import { fitSide } from './fit-side.ts'

test('small pictures are enlarged by a whole factor', () => {
  expect(fitSide(28, 28, 300, 400)).toBe(280)
  expect(fitSide(8, 8, 320, 320)).toBe(320)
})

test('large ones fill the box in their shape', () => {
  expect(fitSide(640, 480, 320, 320)).toBe(320)
  expect(fitSide(480, 640, 320, 320)).toBe(320)
  expect(fitSide(640, 480, 1000, 240)).toBe(320)
})

test('a box without room is no reason to fail', () => {
  expect(fitSide(28, 28, 0, 0)).toBe(28)
})
