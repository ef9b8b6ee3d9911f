// Tests of moving end labels apart.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { endOffsets } from './end-labels.ts'

test('labels that are apart stay where they are', () => {
  expect(endOffsets([0, 1], 0, 1, 200)).toEqual([0, 0])
})

test('two that meet are moved apart, the higher one stays', () => {
  expect(endOffsets([0.5, 0.51], 0, 1, 200)).toEqual([11, 0])
})

test('at the bottom the upper one gives way', () => {
  expect(endOffsets([0, 0], 0, 1, 200)).toEqual([-13, 0])
})

test('no two labels are closer than a line, in the order of their values', () => {
  fc.assert(fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 4 }), (values) => {
    const ys = endOffsets(values, 0, 1, 200).map((offset, i) => (1 - (values[i] ?? 0)) * 200 + offset).sort((a, b) => a - b)
    return ys.every((y, i) => i === 0 || y - (ys[i - 1] ?? 0) >= 13 - 1e-9)
  }))
})
