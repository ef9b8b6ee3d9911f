// The envelope of a recording: every column between its lowest and highest sample, nothing lost between columns.
import { expect, test } from 'vitest'
import { wavePath } from './wave-path.ts'

test('columns reach from their lowest to their highest sample', () => {
  expect(wavePath([0.5, -0.5, 1, -1], 2, 10)).toBe('M0.0 2.3L2.0 -0.3L2.0 10.3L0.0 7.8Z')
})

test('fewer samples than columns, silence and nothing', () => {
  expect(wavePath([0], 100, 10)).toBe('M0.0 4.8L0.0 5.3Z')
  expect(wavePath([0, 0], 4, 10)).toBe('M0.0 4.8L4.0 4.8L4.0 5.3L0.0 5.3Z')
  expect(wavePath([], 4, 10)).toBe('')
})

test('a single peak is seen however many samples there are', () => {
  const samples = new Float32Array(100_000)
  samples[54_321] = 1
  const d = wavePath(samples, 50, 20)
  expect(d).toContain('L27.6 -0.3L')
})
