// Tests of the chart of gradients: powers of ten, one scale for all runs, zeros at the bottom.
import { expect, test } from 'vitest'
import { flowPaths } from './flow-paths.ts'

const run = (id: string, starts: number[]): { id: string; title: string; gradients: { layer: string; start: number; end: number }[] } => ({ id, title: id, gradients: starts.map((start, i) => ({ layer: `dense${i + 1}`, start, end: start })) })

test('lines share a logarithmic scale', () => {
  const { lines, ticks } = flowPaths([run('a', [1e-4, 1e-2]), run('b', [1, 1])], 104, 44)
  expect(lines.map((l) => l.path)).toEqual(['M2.0 42.0L102.0 22.0', 'M2.0 2.0L102.0 2.0'])
  expect(ticks.map((t) => t.power)).toEqual([0, -1, -2, -3, -4])
  expect(ticks[0]!.y).toBe(2)
})

test('a gradient of zero stays on the chart', () => {
  const { lines, ticks } = flowPaths([run('a', [0, 1e-3])], 104, 44)
  expect(lines[0]!.path).toMatch(/^M2\.0 42\.0L102\.0 2\.0$/)
  expect(ticks.length).toBeLessThanOrEqual(7)
})
