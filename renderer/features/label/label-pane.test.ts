// Left of the samples to label: what is shown, and suggestions that can be accepted or rejected where they can be seen.
import App from '@nuxt/ui/components/App.vue'
import ui from '@nuxt/ui/vue-plugin'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { expect, test } from 'vitest'
import { computed, defineComponent, h, ref, shallowRef } from 'vue'
import { createMemoryHistory, createRouter, type Router } from 'vue-router'
import { fakeBridge } from '../../../test/support/fake-bridge.ts'
import { useProject } from '../../app/project.ts'
import type { SuggestionActions } from '../../app/suggestions.ts'
import LabelPane from './LabelPane.vue'

interface Shown {
  readonly view: ReturnType<typeof mount>
  readonly router: Router
  readonly done: string[]
}
async function pane(query: string, targets: readonly number[] = []): Promise<Shown> {
  setActivePinia(createPinia())
  const done: string[] = []
  fakeBridge({ active: { suggest: ({ threshold }: { threshold: number }) => { done.push(`suggest ${threshold}`); return { run: 1, threshold, unlabelled: 9, suggested: 4, classes: [], skipped: [] } } } })
  const project = useProject()
  Object.assign(project, { path: '/a.lathe', info: { task: 'image-classification' }, classes: [], counts: { total: 12, labelled: 3, suggested: 4, byClass: [], bySplit: { train: 3, val: 0, test: 0, none: 9 } }, runs: [{ id: 1, name: 'cnn 1', status: 'finished', weightsHash: 'x', epoch: 3, metrics: {}, config: { model: 'cnn', task: 'image-classification' } }] })
  const suggestions: SuggestionActions = {
    open: (samples, all) => (all ? [...samples] : samples.filter((id) => id > 5)),
    accept: (samples) => { done.push(`accept ${samples.join()}`); return Promise.resolve() },
    reject: (samples) => { done.push(`reject ${samples.join()}`); return Promise.resolve() },
    rejected: computed(() => 0), takeBack: () => Promise.resolve(), error: shallowRef(null), busy: ref(false),
  }
  const list = { ids: shallowRef([1, 2, 7, 8]), refresh: () => { done.push('refresh'); return Promise.resolve() } }
  const inner = defineComponent(() => () => h(App, null, { default: () => h(LabelPane, { advance: true, list: list as never, suggestions, targets, current: undefined, able: true }) }))
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/p/label', component: inner }] })
  await router.push(`/p/label?project=a${query}`)
  const view = mount(inner, { global: { plugins: [router, ui] } })
  await flushPromises()
  return { view, router, done }
}
const press = async ({ view }: Shown, text: RegExp): Promise<void> => {
  await view.findAll('button').find((button) => text.test(button.text()))!.trigger('click')
  await flushPromises()
}

test('where all samples are shown there is nothing to accept unseen; suggested ones are a press away', async () => {
  const shown = await pane('')
  expect(shown.view.text()).not.toContain('Accept')
  expect(shown.view.get('[aria-pressed=true]').text()).toMatch(/^all ?12$/)
  await press(shown, /^suggested/)
  expect(shown.router.currentRoute.value.query).toEqual({ project: 'a', suggested: 'yes' })
})

test('shown suggestions are accepted or rejected, all of them', async () => {
  const shown = await pane('&suggested=yes')
  await press(shown, /^Accept 4$/)
  await press(shown, /^Reject 4$/)
  expect(shown.done).toEqual(['accept 1,2,7,8', 'reject 1,2,7,8'])
})

test('of several selected samples those with a suggestion', async () => {
  const shown = await pane('', [2, 7, 8])
  await press(shown, /^Accept 2$/)
  expect(shown.done).toEqual(['accept 7,8'])
})

test('suggesting shows what was suggested; a probability beyond 1 is refused at its field', async () => {
  const shown = await pane('&order=queue')
  const field = shown.view.get('input[inputmode=decimal]')
  await field.setValue('1.5')
  expect(shown.view.get('[role=alert]').text()).toBe('a probability from 0 to 1')
  await press(shown, /^Suggest$/)
  expect(shown.done).toEqual([])
  await field.setValue('0.8')
  await press(shown, /^Suggest$/)
  expect(shown.done).toEqual(['suggest 0.8', 'refresh'])
  expect(shown.router.currentRoute.value.query).toEqual({ project: 'a', suggested: 'yes' })
  expect(shown.view.text()).toContain('4 of 9 without a label')
})
