// Space goes on to the next sample without a label.
import { expect, test } from 'vitest'
import { nextSample } from './next-sample.ts'

const labels = [true, true, false, true, undefined]
test('the next without a label, else the next, never past the end', () => {
  expect(nextSample(5, 0, (index) => labels[index])).toBe(2)
  expect(nextSample(5, 2, (index) => labels[index])).toBe(3)
  expect(nextSample(5, 4, (index) => labels[index])).toBe(4)
})
