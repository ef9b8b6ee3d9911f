// Tests of the chart of gradients: powers of ten, one scale for all runs, zeros at the bottom.
import { expect, test } from 'vitest'
import { flowPaths } from './flow-paths.ts'

const run = (id: string, starts: number[]): { id: string; title: string; gradients: { layer: string; start: number; end: number }[] } => ({ id, title: id, gradients: starts.map((start, i) => ({ layer: `dense${i + 1}`, start, end: start / 10 })) })

test('lines share a logarithmic scale', () => {
  const { lines, ticks } = flowPaths([run('a', [1e-4, 1e-2]), run('b', [1, 1])], 'start', 104, 44)
  expect(lines.map((l) => l.path)).toEqual(['M2.0 42.0L102.0 22.0', 'M2.0 2.0L102.0 2.0'])
  expect(ticks.map((t) => t.power)).toEqual([0, -1, -2, -3, -4])
  expect(ticks[0]!.y).toBe(2)
})

test('a gradient of zero stays on the chart', () => {
  const { lines, ticks } = flowPaths([run('a', [0, 1e-3])], 'start', 104, 44)
  expect(lines[0]!.path).toMatch(/^M2\.0 42\.0L102\.0 2\.0$/)
  expect(ticks.length).toBeLessThanOrEqual(7)
})

test('after training, and what is not a number at the bottom', () => {
  const { lines, ticks } = flowPaths([run('a', [1, 1]), run('b', [Number.NaN, 1e-3])], 'end', 104, 44)
  expect(lines[0]!.path).toBe('M2.0 2.0L102.0 2.0')
  expect(lines[1]!.path).toMatch(/^M2\.0 42\.0/)
  expect(ticks[0]!.power).toBe(-1)
})

test('names at the ends of lines keep clear of each other and stay on the chart', () => {
  const { lines } = flowPaths([run('a', [1, 1]), run('b', [1, 1]), run('c', [1, 1e-4]), run('d', [1, 1e-4])], 'start', 104, 60)
  const labels = lines.map((l) => l.label).toSorted((a, b) => a - b)
  for (let i = 1; i < labels.length; i++) expect(labels[i]! - labels[i - 1]!).toBeGreaterThanOrEqual(13)
  expect(labels.at(-1)).toBeLessThanOrEqual(60)
  expect(lines[0]!.end).toBe(2)
})
