// The panel of shallow models: asks for the last table, fits them on a press, shows verdict and rows.
import App from '@nuxt/ui/components/App.vue'
import ui from '@nuxt/ui/vue-plugin'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { expect, test } from 'vitest'
import { defineComponent, h } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { BaselineRecord, RunRecord } from '../../../db/contract/records.ts'
import { fakeBridge } from '../../../test/support/fake-bridge.ts'
import BaselinePanel from './BaselinePanel.vue'

const record = (run: number): BaselineRecord => ({ split: 'test', metric: 'test/accuracy', lowerIsBetter: false, dataset: 'x', at: 1000, models: [{ name: 'trees', title: 'Random forest', note: 'of pixels', metrics: { 'test/accuracy': 0.9 }, intervals: { 'test/accuracy': { low: 0.8, high: 0.95 } }, seconds: 2, exportable: true }], deep: { run: run as never, name: 'cnn 1', metrics: { 'test/accuracy': 0.97 }, intervals: {} }, difference: null, verdict: 'The network earns its keep.' })

function panel(): ReturnType<typeof mount> {
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: defineComponent(() => () => h('div')) }] })
  const inner = defineComponent(() => () => h(App, null, { default: () => h(BaselinePanel, { path: '/a.lathe', run: { id: 1, name: 'cnn 1' } as unknown as RunRecord, split: 'test' }) }))
  return mount(inner, { global: { plugins: [createPinia(), router, ui] } })
}

test('nothing compared yet; a press fits the models and shows verdict and table', async () => {
  let stored: BaselineRecord | null = null
  const asked: unknown[] = []
  fakeBridge({ baseline: { latest: () => stored, run: (input: unknown) => { asked.push(input); stored = record(1); return stored } } })
  const view = panel()
  await flushPromises()
  expect(view.text()).toContain('the network is not needed')
  await view.get('[data-testid="baselines-run"]').trigger('click')
  await flushPromises()
  expect(asked).toEqual([{ project: '/a.lathe', run: 1, split: 'test' }])
  expect(view.get('[data-testid="baselines-verdict"]').text()).toBe('The network earns its keep.')
  expect(view.findAll('tbody tr').map((row) => row.get('th').text())).toEqual(['cnn 1', 'Random forest'])
})

test('a table made beside another run has no verdict of this one; a failure is said', async () => {
  fakeBridge({ baseline: { latest: () => record(2), run: () => { throw new Error('no labelled sample in the test split') } } })
  const view = panel()
  await flushPromises()
  expect(view.find('[data-testid="baselines-verdict"]').exists()).toBe(false)
  expect(view.text()).toContain('cnn 1 has not been compared')
  expect(view.findAll('tbody tr')).toHaveLength(1)
  await view.get('[data-testid="baselines-run"]').trigger('click')
  await flushPromises()
  expect(view.text()).toContain('no labelled sample in the test split')
})
