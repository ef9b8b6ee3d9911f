// Views of predictions beside the truth: sets of classes, numbers, stars, spans.
import ui from '@nuxt/ui/vue-plugin'
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, expect, test, vi } from 'vitest'
import { defineComponent, h, type Component } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import ClassesOutput from './ClassesOutput.vue'
import NumberOutput from './NumberOutput.vue'
import RatingOutput from './RatingOutput.vue'
import SpansOutput from './SpansOutput.vue'

afterEach(() => { vi.unstubAllGlobals() })
const classes = ['cat', 'dog', 'fox'].map((name, position) => ({ id: position + 1, name, position, samples: 1 }))
function show(component: Component, output: unknown, label: unknown, meta: Record<string, unknown> = {}): ReturnType<typeof mount<Component>> {
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: defineComponent(() => () => h('div')) }] })
  return mount(component, { props: { project: '/a.lathe', row: { id: 1, name: 'a', label, meta }, output, classes }, global: { plugins: [router, ui] } })
}
const texts = (shown: ReturnType<typeof show>, selector: string): string[] => shown.findAll(selector).map((one) => one.text().replaceAll('\u202f', ' '))

test('a set of classes: which are right, which are missed, which are too many', () => {
  const output = { kind: 'classes', classes: ['cat', 'fox'], probabilities: [{ class: 'cat', probability: 0.9 }, { class: 'dog', probability: 0.3 }, { class: 'fox', probability: 0.6 }] }
  const shown = show(ClassesOutput, output, { kind: 'classes', classes: [1, 2] })
  expect(shown.findAll('tr').map((row) => row.findAll('td').map((cell) => cell.text().replaceAll('\u202f', ' ')).filter((_, i) => i !== 0 && i !== 2))).toEqual([['cat', '90.0 %', ''], ['dog', '30.0 %', 'missed'], ['fox', '60.0 %', 'extra']])
  expect(texts(show(ClassesOutput, output, null), '.text-error').join('')).toBe('')
})

test('a number beside the true one, with the distance', () => {
  expect(show(NumberOutput, { kind: 'number', value: 4.25 }, { kind: 'number', value: 5 }).text()).toBe('4.25; true 5.00, off by 0.750')
  expect(show(NumberOutput, { kind: 'number', value: 4.25 }, null).text()).toBe('4.25')
  expect(show(NumberOutput, { kind: 'number' }, null).find('p').exists()).toBe(false)
})

test('stars, the place of the item, and what comes first, its own marked', () => {
  const shown = show(RatingOutput, { kind: 'rating', rating: 3.5, rank: 12, top: [{ item: 'film-2', score: 4.9 }, { item: 'film-7', score: 4.1 }] }, { kind: 'number', value: 4 }, { item: 'film-7' })
  expect(texts(shown, 'p')).toEqual(['3.50 stars; given 4', 'place 12 among the items not seen before'])
  expect(texts(shown, 'li')).toEqual(['film-2 4.90', 'film-7 4.10'])
  expect(texts(shown, 'li.text-primary')).toEqual(['film-7 4.10'])
})

test('spans in words of the text: right, missed, too many; none where none are', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('Tom met Rex and Ida')))
  const shown = show(SpansOutput, { kind: 'spans', spans: [{ start: 0, end: 3, class: 'cat', probability: 0.99 }, { start: 8, end: 11, class: 'dog', probability: 0.6 }] }, { kind: 'spans', spans: [{ start: 0, end: 3, class: 1 }, { start: 16, end: 19, class: 3 }] })
  await flushPromises()
  const rows = shown.findAll('li').map((row) => row.findAll('span').slice(1).map((part) => part.text().replaceAll('\u202f', ' ')))
  expect(rows).toEqual([['Tom', 'cat', '99.0 %', 'right'], ['Rex', 'dog', '60.0 %', 'too many'], ['Ida', 'fox', 'missed']])
  expect(show(SpansOutput, { kind: 'spans', spans: [] }, { kind: 'spans', spans: [] }).text()).toBe('No span, and none to find.')
})
