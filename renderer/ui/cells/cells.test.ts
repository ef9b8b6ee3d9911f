// Cells and views of samples that are no pictures: whole lines, first columns, channels, pairs by name.
import ui from '@nuxt/ui/vue-plugin'
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, expect, test, vi } from 'vitest'
import { defineComponent, h, type Component } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { SampleRow } from '../../../db/contract/records.ts'
import RowView from '../views/RowView.vue'
import SeriesView from '../views/SeriesView.vue'
import TextView from '../views/TextView.vue'
import RowCell from './RowCell.vue'
import SeriesCell from './SeriesCell.vue'
import TextCell from './TextCell.vue'

afterEach(() => { vi.unstubAllGlobals() })
function show(component: Component, row: Partial<SampleRow>, more: Record<string, unknown> = {}): ReturnType<typeof mount<Component>> {
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: defineComponent(() => () => h('div')) }] })
  return mount(component, { props: { project: '/a.lathe', id: 1, row: { name: 'a', mime: 'text/plain', preview: null, ...row }, ...more }, global: { plugins: [router, ui] } })
}
const cell = (component: Component, row: Partial<SampleRow>): ReturnType<typeof show> => show(component, row, { size: 64, width: 200 })
const lines = (shown: ReturnType<typeof show>): string[] => shown.findAll('.break-words').map((part) => (part.element as HTMLElement).style.getPropertyValue('--lines'))
const bytes = (content: unknown): void => { vi.stubGlobal('fetch', () => Promise.resolve(new Response(typeof content === 'string' ? content : JSON.stringify(content)))) }

test('a text shows as many whole lines as fit, both of a pair one each', () => {
  const one = cell(TextCell, { preview: 'It rained.\nAgain.' })
  expect([one.text(), lines(one)]).toEqual(['It rained.\nAgain.', ['3']])
  const two = cell(TextCell, { mime: 'application/json', preview: '{"a":"first","b":"second"}' })
  expect([two.text(), lines(two)]).toEqual(['firstsecond', ['1', '1']])
  expect(cell(TextCell, { name: 'a.txt' }).text()).toBe('a.txt')
})

test('a row shows the columns that fit', () => {
  const shown = cell(RowCell, { mime: 'application/json', preview: '{"a":1,"b":"two","c":null,"d":4}' })
  expect(shown.findAll('span span').map((part) => part.text())).toEqual(['a', '1', 'b', 'two', 'c', '–'])
})

test('a series has a line a channel, in the cell and as a whole, there with names and ranges', async () => {
  bytes({ channels: ['vibration', 'temperature'], values: [[-1, 1], [20, 20.5]] })
  const small = cell(SeriesCell, { mime: 'application/json' })
  const large = show(SeriesView, { mime: 'application/json', name: 'pump' })
  await flushPromises()
  expect(small.findAll('path')).toHaveLength(2)
  expect(large.findAll('figcaption > span').map((part) => part.text())).toEqual(['vibration−1 to 1', 'temperature20 to 20.5'])
  expect(large.get('svg').attributes('aria-label')).toBe('pump: vibration, temperature')
})

test('a pair is named, a row has all its columns, what cannot be read says so', async () => {
  bytes({ a: 'first words', b: 'second words' })
  const pair = show(TextView, { mime: 'application/json' })
  const row = show(RowView, { mime: 'application/json' })
  await flushPromises()
  expect(pair.findAll('p').map((part) => part.text())).toEqual(['first text', 'first words', 'second text', 'second words'])
  expect(row.findAll('dt').map((part) => part.text())).toEqual(['a', 'b'])
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('', { status: 404 })))
  const gone = show(TextView, {})
  await flushPromises()
  expect(gone.text()).toContain('The text cannot be read.')
})
