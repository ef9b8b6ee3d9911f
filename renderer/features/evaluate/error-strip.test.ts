// The strip of errors: asks for the wrong ones by loss, says label and prediction, leads to their explanation.
import ui from '@nuxt/ui/vue-plugin'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { expect, test } from 'vitest'
import { defineComponent, h } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { fakeBridge } from '../../../test/support/fake-bridge.ts'
import { useProject } from '../../app/project.ts'
import ErrorStrip from './ErrorStrip.vue'

const classes = ['cat', 'dog'].map((name, position) => ({ id: position + 1, name, position, samples: 1 }))
const row = (id: number, more: Record<string, unknown>): Record<string, unknown> => ({ id, name: `${id}.png`, mime: 'image/png', width: 8, height: 8, class: null, label: null, meta: {}, preview: null, ...more })

async function strip(task: string, rows: readonly Record<string, unknown>[]): Promise<{ view: ReturnType<typeof mount>; asked: Record<string, unknown>[] }> {
  setActivePinia(createPinia())
  const asked: Record<string, unknown>[] = []
  fakeBridge({ samples: { ids: (input: Record<string, unknown>) => { asked.push(input); return rows.map(({ id }) => id) }, list: () => ({ total: rows.length, rows }) } })
  const project = useProject()
  project.path = '/a.lathe'
  project.info = { task } as never
  project.classes = classes as never
  const page = defineComponent(() => () => h('div'))
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: page }, { path: '/p/:place', component: page }] })
  const view = mount(ErrorStrip, { props: { path: '/a.lathe', run: 3 as never, split: 'test', at: 0 }, global: { plugins: [router, ui] } })
  await flushPromises()
  return { view, asked }
}

test('wrong predictions by class, the highest loss first, each with its explanation', async () => {
  const { view, asked } = await strip('image-classification', [row(7, { class: 1, prediction: { class: 2, probability: 0.9, loss: 2.3, correct: false, output: null } })])
  expect(asked[0]).toMatchObject({ filter: { run: 3, split: 'test', wrong: true }, order: 'loss', descending: true })
  const link = view.get('li a')
  expect(link.text()).toBe('cat → dog')
  expect(link.get('.text-error').text()).toBe('dog')
  expect(link.attributes('title')?.replace('\u202f', ' ')).toBe('7.png: labelled cat, predicted dog, at 90.0 %, loss 2.30, explain it')
  expect(link.attributes('href')).toMatch(/explain\?.*run=3.*sample=7.*split=test.*wrong=yes/)
  expect(view.get('[data-testid=all-errors]').text()).toBe('all 1 error')
})

test('texts have label and answer on lines of their own', async () => {
  const { view } = await strip('translation', [row(1, { mime: 'text/plain', preview: 'seven', label: { kind: 'text', text: 'sept' }, prediction: { class: null, probability: null, loss: 1, correct: false, output: { kind: 'text', text: 'six' } } })])
  expect(view.findAll('li a > span.truncate').map((line) => line.text())).toEqual(['sept', '→ six'])
})

test('numbers are not wrong, but far off', async () => {
  const { view, asked } = await strip('tabular-regression', [row(1, { mime: 'application/json', preview: '{"a":1}', label: { kind: 'number', value: 3 }, prediction: { class: null, probability: null, loss: 1, correct: null, output: { kind: 'number', value: 4 } } })])
  expect(asked[0]).not.toHaveProperty('filter.wrong')
  expect(view.get('h2').text()).toBe('Predictions, the highest loss first')
  expect(view.find('li .text-error').exists()).toBe(false)
})

test('without errors it says so', async () => {
  const { view } = await strip('image-classification', [])
  expect(view.text()).toContain('None: every sample of this split was predicted right.')
  expect(view.find('[data-testid=all-errors]').exists()).toBe(false)
})
