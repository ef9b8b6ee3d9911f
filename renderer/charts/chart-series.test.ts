// Tests of a chart's values as CSV and in words.
import { expect, test } from 'vitest'
import { describeSeries, seriesCsv, type ChartSeries } from './chart-series.ts'

const series: ChartSeries = { id: 'a', label: 'run "1", val', colour: '#000', dashed: false, points: [{ step: 10, epoch: 0.5, at: 0, value: 0.25 }, { step: 20, epoch: 1, at: 1500, value: NaN }, { step: 30, epoch: 1.5, at: 2000, value: 0.125 }] }

test('csv quotes names and keeps every digit', () => {
  expect(seriesCsv([series]).split('\r\n')).toEqual([
    'series,step,epoch,time,value',
    '"run ""1"", val",10,0.5,1970-01-01T00:00:00.000Z,0.25',
    '"run ""1"", val",20,1,1970-01-01T00:00:01.500Z,NaN',
    '"run ""1"", val",30,1.5,1970-01-01T00:00:02.000Z,0.125',
    '',
  ])
})

test('words name last, lowest and highest, and skip empty series', () => {
  expect(describeSeries([series, { ...series, points: [] }], String)).toBe('run "1", val: 0.125 last, 0.125 lowest, 0.25 highest, 3 values')
})
