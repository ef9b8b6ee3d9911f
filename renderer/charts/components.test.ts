// Charts as components: what is said while empty, zoom by keys, links of the matrix, bars, tooltip, table.
import ui from '@nuxt/ui/vue-plugin'
import { mount } from '@vue/test-utils'
import { expect, test, vi } from 'vitest'
import { defineComponent, h, type Component } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { ChartSeries } from './chart-series.ts'
import { chartTooltip } from './chart-tooltip.ts'
import ChartTable from './ChartTable.vue'
import ConfusionMatrix from './ConfusionMatrix.vue'
import HeatOverlay from './HeatOverlay.vue'
import LineChart from './LineChart.vue'
import ProbabilityBars from './ProbabilityBars.vue'

// This DOM has no canvas to draw on; drawing is seen in the end-to-end tests.
vi.mock('vue-echarts', () => ({ default: { name: 'VChart', render: () => null } }))
const page = defineComponent(() => () => h('div'))
function show(component: Component, props: Record<string, unknown>): ReturnType<typeof mount<Component>> {
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: page }, { path: '/data', component: page }] })
  return mount(component, { props, global: { plugins: [router, ui] } })
}
const series: ChartSeries = { id: 'a', label: 'validation', colour: '#2563eb', dashed: false, points: [1, 2, 3, 4].map((step) => ({ step: step * 10, epoch: step, at: step, value: 1 / step })) }
const chart = (all: readonly ChartSeries[]): ReturnType<typeof show> => show(LineChart, { title: 'Loss', yTitle: 'nats', series: all, view: { x: 'step', smoothing: 0, logY: false }, format: (v: number) => v.toFixed(2), empty: 'Loss appears here.' })

test('an empty chart says what will appear', () => {
  expect(chart([]).text()).toContain('Loss appears here.')
})

test('values are in its name, and keys zoom and reset', async () => {
  const wrapper = chart([series])
  const frame = wrapper.get('[aria-roledescription="chart"]')
  expect(frame.attributes('aria-label')).toContain('validation: 0.25 last, 0.25 lowest, 1.00 highest, 4 values')
  expect(frame.attributes('data-last-step')).toBe('40')
  await frame.trigger('keydown', { key: '+' })
  expect(wrapper.emitted('update:zoom')?.at(-1)).toEqual([[17.5, 32.5]])
  await frame.trigger('keydown', { key: '0' })
  expect(wrapper.emitted('update:zoom')?.at(-1)).toEqual([null])
})

test('the tooltip takes names as text', () => {
  const tip = chartTooltip('step 3', [{ label: '<img src=x>', colour: '#000', value: 1, raw: 2 }], String)
  expect(tip.querySelector('img')).toBeNull()
  expect(tip.textContent).toContain('<img src=x>')
  expect(tip.textContent).toContain('1 (raw 2)')
})

test('the table has the latest values first', () => {
  const rows = show(ChartTable, { title: 'Loss', yTitle: 'nats', series: [series], format: String }).findAll('tbody tr')
  expect(rows.map((row) => row.findAll('td')[1]?.text())).toEqual(['40', '30', '20', '10'])
})

test('cells of the matrix are links with their words; empty cells are not', () => {
  const classes = [{ id: 4, name: 'cat', position: 0 }, { id: 9, name: '<b>dog</b>', position: 1 }]
  const wrapper = show(ConfusionMatrix, { classes, confusion: [[8, 2], [0, 5]], show: 'share', to: (label: number, predicted: number) => ({ path: '/data', query: { class: String(classes[label]?.id), predicted: String(classes[predicted]?.id) } }) })
  const cell = wrapper.get('[data-testid="cell-0-1"]')
  expect(cell.text()).toMatch(/^20\s%$/)
  expect(cell.attributes('href')).toBe('/data?class=4&predicted=9')
  expect(cell.attributes('aria-label')).toBe('2 labelled cat, predicted <b>dog</b>, 20.0\u202f% of the row: show them')
  expect(wrapper.find('[data-testid="cell-1-0"]').exists()).toBe(false)
  expect(wrapper.find('b').exists()).toBe(false)
})

test('a class is chosen by its bar', async () => {
  const rows = ['a', 'b'].map((name, index) => ({ index, name, position: index, probability: index ? 0.25 : 0.75, label: index === 1, predicted: index === 0 }))
  const wrapper = show(ProbabilityBars, { rows, selected: 0 })
  expect(wrapper.get('[data-testid="target-0"]').attributes('aria-pressed')).toBe('true')
  await wrapper.get('[data-testid="target-1"]').trigger('click')
  expect(wrapper.emitted('select')).toEqual([[1]])
})

test('the heat map tells its strongest place', () => {
  const heat = { map: new Float32Array([0, 0.1, -0.7, 0.2]), width: 2, height: 2, signed: true }
  const wrapper = show(HeatOverlay, { src: 'x.png', alt: 'one.png', width: 8, height: 8, side: 64, heat, opacity: 0.5 })
  const canvas = wrapper.get<HTMLCanvasElement>('canvas')
  expect(canvas.attributes('aria-label')).toBe('Heat map over one.png, strongest at row 2, column 1: −0.700')
  expect(canvas.element.style.opacity).toBe('0.5')
})
