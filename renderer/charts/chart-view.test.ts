// Tests of reading a remembered view.
import { expect, test } from 'vitest'
import { isChartView } from './chart-view.ts'

test('only whole and possible views are taken from storage', () => {
  expect(isChartView({ x: 'epoch', smoothing: 0.6, logY: false })).toBe(true)
  for (const wrong of [null, 3, {}, { x: 'toString', smoothing: 0, logY: false }, { x: 'step', smoothing: 1, logY: true }, { x: 'step', smoothing: 0 }]) expect(isChartView(wrong)).toBe(false)
})
