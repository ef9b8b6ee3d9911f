// Tests of the chart of a forecast: one scale for all lines, joined at the last known value, gaps left open.
import { expect, test } from 'vitest'
import { forecastChart, forecastOf } from './forecast-chart.ts'

const output = { times: ['2021', '2022'], forecast: [3, 4], low: [2, 2], high: [4, 6], truth: [3, null], past: { times: ['2019', '2020'], values: [0, 2] } }

test('all lines share one scale and meet where the past ends', () => {
  const chart = forecastChart(output, 304, 64)
  expect([chart.low, chart.high, chart.from, chart.until]).toEqual([0, 6, '2019', '2022'])
  expect(chart.past).toBe('M2.0 62.0L102.0 42.0')
  expect(chart.forecast).toBe('M102.0 42.0L202.0 32.0L302.0 22.0')
  expect(chart.truth).toBe('M102.0 42.0L202.0 32.0')
  expect(chart.band).toBe('M102.0 42.0L202.0 22.0L302.0 2.0L302.0 42.0L202.0 42.0L102.0 42.0Z')
  expect(chart.now).toBe(102)
})

test('a forecast of what comes has neither past nor truth', () => {
  const chart = forecastChart({ times: [1, 2], forecast: [1, 1], low: [0, 0], high: [2, 2] }, 104, 64)
  expect([chart.past, chart.truth, chart.forecast]).toEqual(['', '', 'M2.0 32.0L102.0 32.0'])
  expect(forecastOf({ kind: 'forecast' })).toBeNull()
  expect(forecastOf(output)).toBe(output)
})
