// Series: times as people write them, gaps and duplicates, seasons, origins, baselines and metrics against values worked out by hand.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { Random } from '../data/random.ts'
import { augmentSeries } from './augment.ts'
import { drift, naive, seasonalNaive, smoothing } from './baselines.ts'
import { alarmsAt, chooseThreshold } from './detection.ts'
import { forecastScore, seasonalScale, type Forecast } from './forecast-metrics.ts'
import { seasonOf } from './season.ts'
import { axisOf, dayOrder, describeStep, formatTime, parseTime, positionOf, timeAt, type Time } from './time.ts'
import { timeline, type TimelineRow } from './timeline.ts'
import { origins } from './windows.ts'

const day = (text: string): Time => parseTime(text)!
const rows = (...list: [string | number, ...number[]][]): TimelineRow[] => list.map(([t, ...values], id) => ({ id, time: parseTime(t)!, values }))

test('times are read as people write them', () => {
  for (const text of ['1958-03-29', '19580329', '29.03.1958', '03/29/1958', '1958-03-29T00:00:00Z', '1958-03-29T02:00:00+02:00', '1958-03-29 00:00']) {
    expect(parseTime(text), text).toEqual({ kind: 'date', value: Date.UTC(1958, 2, 29) })
  }
  expect(parseTime('05/04/2020', 'day-month')).toEqual(day('2020-04-05'))
  expect(dayOrder(['05/04/2020', '13/04/2020'])).toBe('day-month')
  expect(parseTime('1700')).toEqual({ kind: 'number', value: 1700 })
  for (const bad of ['', 'soon', '1958-02-30', '1958-13-01', 'NaN']) expect(parseTime(bad), bad).toBeNull()
  expect(formatTime(day('1958-03-29'))).toBe('1958-03-29')
  expect(formatTime(day('1958-03-29 06:30'))).toBe('1958-03-29T06:30:00Z')
})

test('the axis has the step of the times, and months stay months', () => {
  const weekly = axisOf(['2020-01-01', '2020-01-08', '2020-01-22', '2020-01-29'].map(day))
  expect(describeStep(weekly)).toBe('7 days')
  expect(positionOf(weekly, day('2020-01-29'))).toBe(4)
  const monthly = axisOf(['2020-01-31', '2020-02-29', '2020-03-31', '2020-05-31'].map(day))
  expect(describeStep(monthly)).toBe('1 month')
  expect(positionOf(monthly, day('2020-05-31'))).toBe(4)
  expect(formatTime(timeAt(monthly, 14))).toBe('2021-03-01')
  expect(describeStep(axisOf([1700, 1701, 1702].map((n) => parseTime(n)!)))).toBe('1')
  expect(() => axisOf([0, 1, 2.4, 3.1, 7.7, 8.2].map((n) => parseTime(n)!))).toThrow(/no regular step/)
  expect(() => axisOf([parseTime(1)!, day('2020-01-01')])).toThrow(/mixes dates and plain numbers/)
})

test('a timeline is in order, its gaps are filled and marked, rows of one time averaged, and it says so', () => {
  const t = timeline(rows(['2020-01-03', 30], ['2020-01-01', 10], ['2020-01-06', 60], ['2020-01-02', 15], ['2020-01-02', 25]))
  expect([...t.columns[0]!]).toEqual([10, 20, 30, 40, 50, 60])
  expect([...t.observed]).toEqual([1, 1, 1, 0, 0, 1])
  expect([...t.ids]).toEqual([1, 3, 0, -1, -1, 2])
  expect(t.notes).toEqual(['1 row has the time of another (first: 2020-01-02): rows of one time were averaged', '2 of 6 steps have no value (longest gap: 2, first at 2020-01-04): filled by a straight line for input, left out of loss and metrics'])
  const nan = timeline(rows([1, NaN, 5], [2, 4, NaN], [3, 6, 7]))
  expect([...nan.columns[0]!]).toEqual([4, 4, 6])
  expect([...nan.columns[1]!]).toEqual([5, 6, 7])
  expect([...nan.observed]).toEqual([0, 1, 1])
  expect(() => timeline(rows([1, NaN], [2, NaN]))).toThrow(/2 of 2 steps of the series have no value/)
  expect(() => timeline(rows([1, 1], [2, 2], [9000, 3]))).toThrow(/only 3 have rows/)
})

const sunspots = readFileSync(new URL('../samples/sunspots/sunspots.csv', import.meta.url), 'utf8').trim().split('\n').slice(1).map((l) => Number(l.split(',')[1]))

test('seasons: eleven years of the sun, one of the air, none of noise or of a line', () => {
  expect(seasonOf(sunspots).steps).toBe(11)
  expect(seasonOf(sunspots).strength).toBeCloseTo(0.66, 1)
  const co2 = readFileSync(new URL('../samples/co2/co2.csv', import.meta.url), 'utf8').trim().split('\n').slice(1).map((l, id) => ({ id, time: parseTime(l.split(',')[0]!)!, values: [l.split(',')[1] === '' ? NaN : Number(l.split(',')[1])] }))
  const year = seasonOf(timeline(co2).columns[0]!)
  expect(year.steps).toBe(52)
  expect(year.strength).toBeGreaterThan(0.85)
  const random = new Random(1, 'sample')
  expect(seasonOf(Float64Array.from({ length: 300 }, () => random.normal())).steps).toBe(1)
  expect(seasonOf(Float64Array.from({ length: 300 }, (_, i) => 3 * i + 7)).steps).toBe(1)
  expect(seasonOf(new Float64Array(50).fill(4))).toEqual({ steps: 1, strength: 0 })
})

test('forecasts begin where the context lies before them and the horizon in their split', () => {
  const marks = ['train', 'train', 'train', 'train', 'train', 'val', 'val', 'test', 'test', 'test']
  expect([...origins(marks, 'train', 2, 2)]).toEqual([2, 3])
  expect([...origins(marks, 'val', 4, 2)]).toEqual([5])
  expect([...origins(marks, 'test', 4, 1)]).toEqual([7, 8, 9])
  expect([...origins([null, 'a', null, 'a', 'b'], 'a', 0, 3)]).toEqual([1])
})

test('baselines by hand', () => {
  const past = Float64Array.of(1, 2, 3, 5, 6, 7)
  expect([...naive(past, 2, 3)]).toEqual([7, 7])
  expect([...seasonalNaive(past, 4, 3)]).toEqual([5, 6, 7, 5])
  const moved = drift(past, 2, 3)
  expect(moved[0]).toBeCloseTo(7 + 6 / 5)
  expect(moved[1]).toBeCloseTo(7 + 12 / 5)
  // A line with a season is what Holt and Winters assume.
  const series = Float64Array.from({ length: 80 }, (_, t) => 0.5 * t + [3, 0, -3, 0][t % 4]!)
  const forecast = smoothing(series.subarray(0, 70), 8, 4)
  for (let h = 0; h < 8; h++) expect(Math.abs(forecast[h]! - series[70 + h]!)).toBeLessThan(0.6)
  expect([...smoothing(series.subarray(0, 10), 8, 4)]).toEqual(new Array(8).fill(NaN))
})

test('metrics of two windows by hand; filled steps do not count', () => {
  const window = (predicted: number[], truth: number[], observed = [1, 1]): Forecast => ({ predicted, truth, observed, low: predicted.map((p) => p - 1), high: predicted.map((p) => p + 1), reference: truth.map((y) => y + 4) })
  const { metrics, intervals } = forecastScore([window([1, 2], [1, 4]), window([3, 9], [6, 0], [1, 0])], 2, 1, 200)
  expect(metrics.mae).toBeCloseTo(5 / 3)
  expect(metrics.mase).toBeCloseTo(5 / 6)
  expect(metrics.rmse).toBeCloseTo(Math.sqrt(13 / 3))
  expect(metrics.smape).toBeCloseTo((0 + 4 / 6 + 6 / 9) / 3)
  expect(metrics.coverage80).toBeCloseTo(1 / 3)
  expect(metrics.skill).toBeCloseTo(1 - 5 / 12)
  expect(intervals.mae.low).toBeCloseTo(1)
  expect(intervals.mae.high).toBeCloseTo(3)
  expect(seasonalScale([1, 2, 4, 8], [1, 1, 1, 0], 1)).toBe(1.5)
})

test('thresholds and alarms by hand', () => {
  const { value, rule } = chooseThreshold([1, 2, 3, 8, 9, 4], [0, 0, 0, 1, 1, 0])
  expect(value).toBe(6)
  expect(rule).toBe('best F1 on 6 validation samples, 2 of them anomalies')
  expect(alarmsAt(6, [1, 7, 9, 5], [0, 0, 1, 1])).toEqual({ precision: 0.5, recall: 0.5, f1: 0.5 })
  const normal = Float64Array.from({ length: 200 }, (_, i) => i)
  const open = chooseThreshold(normal, new Uint8Array(200))
  expect(normal.filter((s) => s > open.value)).toHaveLength(2)
  expect(open.rule).toMatch(/99 % of 200 normal/)
})

test('augmentation: same numbers same result; each switch does what it says, and nothing when off', () => {
  const base = Float32Array.from({ length: 120 }, (_, i) => Math.sin(i / 5) * (i < 60 ? 1 : 3))
  const run = (augment: Partial<Parameters<typeof augmentSeries>[3]>, seed = 1): Float32Array => {
    const x = Float32Array.from(base)
    augmentSeries(x, 2, 60, { jitter: 0, scale: 0, timeMask: 0, timeWarp: 0, ...augment }, new Random(seed, 'augment'))
    return x
  }
  expect(run({})).toEqual(base)
  expect(run({ jitter: 0.1 })).toEqual(run({ jitter: 0.1 }))
  expect(run({ jitter: 0.1 })).not.toEqual(run({ jitter: 0.1 }, 2))
  const scaled = run({ scale: 0.3 })
  expect(scaled[20]! / base[20]!).toBeCloseTo(scaled[40]! / base[40]!, 4)
  const warped = run({ timeWarp: 0.5 })
  expect([warped[0], warped[59], warped[60], warped[119]]).toEqual([base[0], base[59], base[60], base[119]])
  expect(Math.max(...warped.map((v, i) => Math.abs(v - base[i]!)))).toBeGreaterThan(0.05)
  let masked = run({ timeMask: 0.5 })
  for (let seed = 2; masked.every((v, i) => v === base[i]); seed++) masked = run({ timeMask: 0.5 }, seed)
  const changed = [...masked.keys()].filter((i) => masked[i] !== base[i])
  expect(changed.filter((i) => i < 60).map((i) => i + 60)).toEqual(changed.filter((i) => i >= 60))
})
