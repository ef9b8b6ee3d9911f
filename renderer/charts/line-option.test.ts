// Tests of the option of a line chart.
import { expect, test } from 'vitest'
import { chartTheme } from './chart-theme.ts'
import type { ChartSeries } from './chart-series.ts'
import { curveOf, lineOption, rowsAt, type LineView } from './line-option.ts'

const view: LineView = { x: 'step', smoothing: 0, logY: false, zoom: null }
const series = (id: string, values: readonly number[], dashed = false): ChartSeries => ({ id, label: id, colour: '#123456', dashed, points: values.map((value, i) => ({ step: i * 10, epoch: i / 2, at: 1000 + i * 500, value })) })
interface Drawn { id: string; data: [number, number][]; lineStyle: { type: string; opacity?: number } }
function drawn(all: readonly ChartSeries[], v: LineView): { series: Drawn[]; xAxis: { min: unknown; max: unknown }; yAxis: { type: string } } {
  return lineOption({ series: all, view: v, theme: chartTheme(false), yTitle: 'loss', format: String, tick: String, width: 400, height: 200, tooltip: () => document.createElement('div') }) as never
}

test('train is dashed, validation solid; an empty series is not drawn', () => {
  const option = drawn([series('train', [1, 2], true), series('val', [1, 2]), series('none', [])], view)
  expect(option.series.map((s) => [s.id, s.lineStyle.type])).toEqual([['train', 'dashed'], ['val', 'solid']])
})

test('smoothing adds the raw curve, faint, under the smooth one', () => {
  const [raw, smooth] = drawn([series('a', [0, 1, 0, 1])], { ...view, smoothing: 0.5 }).series
  expect(raw?.lineStyle.opacity).toBeLessThan(0.5)
  expect(raw?.data.map((p) => p[1])).toEqual([0, 1, 0, 1])
  expect(smooth?.data[1]?.[1]).toBeCloseTo(1 / 1.5)
})

test('x is step, epoch, seconds since the start or the clock', () => {
  const xs = (x: LineView['x']): number[] => curveOf(series('a', [5, 6]), { ...view, x }).raw.map((p) => p[0])
  expect(xs('step')).toEqual([0, 10])
  expect(xs('epoch')).toEqual([0, 0.5])
  expect(xs('relative')).toEqual([0, 0.5])
  expect(xs('wall')).toEqual([1000, 1500])
  expect(curveOf({ ...series('a', [5]), origin: 0 }, { ...view, x: 'relative' }).raw[0]?.[0]).toBe(1)
})

test('zoom fixes the axis while more data come, and smoothing is not restarted by it', () => {
  const zoom = [10, 20] as const
  const before = drawn([series('a', [0, 1, 2, 3])], { ...view, zoom, smoothing: 0.9 })
  const after = drawn([series('a', [0, 1, 2, 3, 4, 5, 6])], { ...view, zoom, smoothing: 0.9 })
  expect([before.xAxis.min, before.xAxis.max]).toEqual([10, 20])
  expect([after.xAxis.min, after.xAxis.max]).toEqual([10, 20])
  expect(after.series[1]?.data).toEqual(before.series[1]?.data)
})

test('a logarithmic axis leaves out what it cannot show', () => {
  const option = drawn([series('a', [0, -1, 10])], { ...view, logY: true })
  expect(option.yAxis.type).toBe('log')
  expect(option.series[0]?.data).toEqual([[20, 10]])
})

test('the tooltip has every series at the nearest point, raw beside smooth', () => {
  const curves = [series('a', [1, 2, 3]), series('b', [4, 5])].map((s) => curveOf(s, view))
  expect(rowsAt(curves, 9, 0)).toMatchObject([{ label: 'a', value: 2, raw: null }, { label: 'b', value: 5, raw: null }])
  expect(rowsAt(curves, 9, 0.5).map((r) => r.raw)).toEqual([2, 5])
})

test('shares never have an axis beyond 100 %; far below it the axis ends where it likes', () => {
  const end = (ceiling: number | undefined, logY = false): unknown => (lineOption({ series: [series('a', [0, 1])], view: { ...view, logY }, theme: chartTheme(false), yTitle: '', format: String, tick: String, ceiling, width: 400, height: 200, tooltip: () => document.createElement('div') }) as { yAxis: { max?: (extent: { min: number; max: number }) => number | null } }).yAxis.max
  const max = end(1) as (extent: { min: number; max: number }) => number | null
  expect([max({ min: 0.84, max: 1 }), max({ min: 1, max: 1 }), max({ min: 0.2, max: 0.96 }), max({ min: 0.2, max: 0.6 })]).toEqual([1, 1, 1, null])
  expect([end(undefined), end(1, true)]).toEqual([undefined, undefined])
})

test('names at the ends of lines have more room on a wide chart', () => {
  const right = (width: number): unknown => (lineOption({ series: [series('a', [0, 1])], view, theme: chartTheme(false), yTitle: '', format: String, tick: String, width, height: 200, tooltip: () => document.createElement('div') }) as { grid: { right: number } }).grid.right
  expect([right(400), right(800)]).toEqual([84, 148])
})
