// Tests of the views of forecasts and anomalies: what they say to eyes and to screen readers.
import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import AnomalyOutput from './AnomalyOutput.vue'
import ForecastOutput from './ForecastOutput.vue'
import { outputView } from './index.ts'

const rest = { project: 'p', row: {} as never, classes: [] }

test('a forecast is a chart that can be read out', () => {
  expect(outputView('forecast')).toBe(ForecastOutput)
  const view = mount(ForecastOutput, { props: { ...rest, output: { kind: 'forecast', times: [2009, 2010], forecast: [10, 20], low: [5, 8], high: [15, 30], truth: [11, null], past: { times: [2007, 2008], values: [7, 3] } } } })
  expect(view.get('svg').attributes('aria-label')).toMatch(/^forecast from 2009 to 2010: 10\.0, 20\.0$/)
  expect(view.text()).toContain('what came')
  const bare = mount(ForecastOutput, { props: { ...rest, output: { kind: 'forecast' } } })
  expect(bare.find('svg').exists()).toBe(false)
})

test('an anomaly says so, with score and threshold', () => {
  expect(outputView('anomaly')).toBe(AnomalyOutput)
  const view = mount(AnomalyOutput, { props: { ...rest, output: { kind: 'anomaly', score: 0.9, threshold: 0.6, anomaly: true } } })
  expect(view.text()).toMatch(/^anomaly, score 0\.9\d*, threshold 0\.6/)
  expect(view.get('[role=meter]').get('div').attributes('style')).toContain('width: 75%')
})
