// Tests of gathering metric points into curves.
import { expect, test } from 'vitest'
import type { MetricPoint } from '../../engine/contract/events.ts'
import { mergeCurves } from './curves.ts'

const at = (name: string, step: number, value: number): MetricPoint => ({ name, step, value, epoch: step / 10, at: step })

test('new points go to the end of their curve', () => {
  const first = mergeCurves(new Map(), [at('val/loss', 10, 1), at('train/loss', 5, 2)])
  const second = mergeCurves(first, [at('val/loss', 20, 0.5)])
  expect(second.get('val/loss')?.map((p) => p.value)).toEqual([1, 0.5])
  expect(second.get('train/loss')).toBe(first.get('train/loss'))
})

test('steps repeated after a resume replace the old ones, in order', () => {
  const first = mergeCurves(new Map(), [1, 2, 3, 4].map((s) => at('a', s, s)))
  const again = mergeCurves(first, [at('a', 3, 30), at('a', 4, 40), at('a', 5, 50)])
  expect(again.get('a')?.map((p) => [p.step, p.value])).toEqual([[1, 1], [2, 2], [3, 30], [4, 40], [5, 50]])
})
