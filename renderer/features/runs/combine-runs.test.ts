// Combining runs: what will be made is said first, ensembles and runs without weights are left out, a refusal is shown.
import App from '@nuxt/ui/components/App.vue'
import ui from '@nuxt/ui/vue-plugin'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, expect, test, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { fakeBridge } from '../../../test/support/fake-bridge.ts'
import { useProject } from '../../app/project.ts'
import { AppError } from '../../bridge/errors.ts'
import CombineRuns from './CombineRuns.vue'

const run = (id: number, more: Record<string, unknown> = {}): Record<string, unknown> => ({ id, name: `cnn ${id}`, weightsHash: 'x', epoch: 3, config: { model: 'cnn', ensemble: null }, ...more })
let view: ReturnType<typeof mount> | null = null
afterEach(() => { view?.unmount() })

async function open(runs: readonly Record<string, unknown>[], combine: (input: unknown) => unknown, task = 'image-classification'): Promise<number[]> {
  setActivePinia(createPinia())
  fakeBridge({ runs: { combine } })
  Object.assign(useProject(), { path: '/a.lathe', info: { task } })
  const made: number[] = []
  const inner = defineComponent(() => () => h(App, null, { default: () => h(CombineRuns, { runs: runs as never, onMade: (id: number) => { made.push(id) } }) }))
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: inner }] })
  view = mount(inner, { global: { plugins: [router, ui] }, attachTo: document.body })
  await view.find('[data-testid=combine-runs]').trigger('click')
  await vi.waitFor(() => { expect(panel()).not.toBeNull() })
  return made
}
const panel = (): HTMLElement => document.querySelector('[aria-label="Combine runs as an ensemble"]')!
const press = async (): Promise<void> => {
  panel().querySelector<HTMLButtonElement>('[data-testid=combine]')!.click()
  await flushPromises()
}

test('members are named, others left out; the ensemble that is made is opened', async () => {
  const asked: unknown[] = []
  const made = await open([run(1), run(2), run(3, { config: { model: 'cnn', ensemble: { by: 'runs' } } }), run(4, { weightsHash: null, epoch: 0 })], (input) => { asked.push(input); return { id: 9 } })
  expect([...panel().querySelectorAll('li')].map((item) => item.textContent.trim())).toEqual(['cnn 2 cnn', 'cnn 1 cnn'])
  expect(panel().textContent).toContain('Left out, without weights or an ensemble already: cnn 3, cnn 4.')
  await press()
  expect([asked, made]).toEqual([[{ project: '/a.lathe', runs: [2, 1] }], [9]])
})

test('one run is no ensemble', async () => {
  await open([run(1)], () => { throw new Error('not asked') })
  expect(panel().textContent).toContain('Check at least two trained runs')
  expect(panel().querySelector('[data-testid=combine]')?.hasAttribute('disabled')).toBe(true)
})

test('what cannot be combined says why', async () => {
  const made = await open([run(1), run(2)], () => { throw new AppError('conflict', 'run 2 (cnn 2) was trained on other data') })
  await press()
  expect(panel().textContent).toContain('was trained on other data')
  expect(made).toEqual([])
})
