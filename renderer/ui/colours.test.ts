// Colours: fixed, distinct, readable text on each.
import { expect, test } from 'vitest'
import { classColour, runColour, textOn } from './colours.ts'

test('classes keep their colours and the first twenty differ', () => {
  expect(classColour(0)).toBe('#0072b2')
  expect(new Set(Array.from({ length: 20 }, (_, index) => classColour(index))).size).toBe(20)
  expect(classColour(20)).toBe(classColour(0))
  expect(classColour(-1)).not.toBe(classColour(0))
})
test('runs start at 1 and have a sequence of their own', () => {
  expect(runColour(1)).not.toBe(runColour(2))
  expect(runColour(1)).not.toBe(classColour(0))
})
test('text on a colour reads', () => {
  expect(textOn('#ffffff')).toBe('#000000')
  expect(textOn('#000000')).toBe('#ffffff')
  expect(textOn('#e69f00')).toBe('#000000')
})
