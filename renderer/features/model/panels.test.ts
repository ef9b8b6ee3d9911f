// Panels of the next run: frozen layers, pseudo-labels, and the table of layers that shows what stands still.
import App from '@nuxt/ui/components/App.vue'
import ui from '@nuxt/ui/vue-plugin'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { defineComponent, h, type Component } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { trainDefaults, type TrainConfig } from '../../../engine/contract/recipe.ts'
import { fakeBridge } from '../../../test/support/fake-bridge.ts'
import { useDraftRun } from '../../app/draft-run.ts'
import { useProject } from '../../app/project.ts'
import { AppError } from '../../bridge/errors.ts'
import LayerTable from './LayerTable.vue'
import PseudoLabels from './PseudoLabels.vue'
import StartFrom from './StartFrom.vue'

const recipe: TrainConfig = {
  task: 'image-classification', model: 'mlp', modelOptions: {}, input: { kind: 'image', height: 8, width: 8, channels: 1, mean: [0.1], std: [0.3] },
  epochs: 4, batch: 8, optimizer: 'adam', lr: 0.001, schedule: 'constant', momentum: 0.9, weightDecay: 0, labelSmoothing: 0, dropout: 0, initializer: 'he', seed: 1, augment: null, earlyStopping: null, ...trainDefaults,
}
const said = (sample: number, probability: number, run: number): Record<string, unknown> => ({ sample, run, class: 1, probability, split: null })
function sized(freeze: string | null): unknown {
  if (freeze === '^foo') throw new AppError('usage', 'freeze: no parameter is called like ^foo')
  if (freeze === '^bar') throw new AppError('usage', 'something else')
  return { parameters: 100, bytes: 400, multiplyAdds: 1, layers: [{ name: 'dense1', type: 'dense', output: ['N', 4], parameters: 90, ...(freeze && { frozen: 90 }) }, { name: 'head', type: 'dense', output: ['N', 2], parameters: 10 }] }
}
beforeEach(() => { localStorage.clear() })

async function panel(component: Component, suggestions: readonly Record<string, unknown>[] = []): Promise<{ view: ReturnType<typeof mount>; draft: ReturnType<typeof useDraftRun> }> {
  setActivePinia(createPinia())
  fakeBridge({ active: { suggestions: () => suggestions }, runs: { summarize: ({ config }: { config: TrainConfig }) => sized(config.freeze) } })
  const project = useProject()
  Object.assign(project, { path: '/a.lathe', info: { task: 'image-classification' }, classes: [], counts: { suggested: suggestions.length }, runs: [{ id: 3, name: 'mlp 3', status: 'finished', weightsHash: 'x', epoch: 2, config: { model: 'mlp' } }] })
  const draft = useDraftRun()
  draft.config = structuredClone(recipe)
  draft.recipe = recipe
  const inner = defineComponent(() => () => h(App, null, { default: () => h(component) }))
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/p/:place', component: inner }, { path: '/', component: inner }] })
  const view = mount(inner, { global: { plugins: [router, ui] } })
  await flushPromises()
  return { view, draft }
}

test('all layers are trained until some are frozen; without frozen ones nothing thaws', async () => {
  const { view, draft } = await panel(StartFrom)
  expect(view.text()).not.toContain('Thaw after epochs')
  draft.config = { ...recipe, freeze: '^(?!head)', unfreeze: [2] }
  await vi.waitFor(() => { expect(view.get('[data-testid=frozen]').text()).toBe('90 of 100 parameters stand still, at random weights: choose a run above for them to begin from.') })
  draft.from = 3 as never
  await flushPromises()
  expect(view.get('[data-testid=frozen]').text()).toBe('90 of 100 parameters stand still.')
  const thaw = view.findAll('input').find((input) => (input.element as HTMLInputElement).placeholder === 'never')!
  await thaw.setValue('1, 3')
  await thaw.trigger('change')
  expect(draft.config.unfreeze).toEqual([1, 3])
})

test('a pattern is typed where names are asked for, and what is wrong with it is said there', async () => {
  const { view, draft } = await panel(StartFrom)
  draft.config = { ...recipe, freeze: '' }
  await flushPromises()
  await view.get('input[placeholder="^conv"]').setValue('^foo')
  expect(draft.config.freeze).toBe('^foo')
  await vi.waitFor(() => { expect(view.get('[role=alert]').text()).toBe('freeze: no parameter is called like ^foo') })
  await view.get('input[placeholder="^conv"]').setValue('^bar')
  await vi.waitFor(() => { expect(draft.summaryError?.message).toBe('something else') })
  await flushPromises()
  expect(view.find('[role=alert]').exists()).toBe(false)
})

test('without suggestions there is nothing to learn from, and a way to make some', async () => {
  const { view } = await panel(PseudoLabels)
  expect(view.get('[role=switch]').attributes('disabled')).toBeDefined()
  expect(view.get('a').attributes('href')).toContain('/p/label')
})

test('the switch learns from those that are sure enough, of the run that the next one begins from', async () => {
  const { view, draft } = await panel(PseudoLabels, [said(1, 0.99, 3), said(2, 0.96, 4), said(3, 0.7, 3)])
  await view.get('[role=switch]').trigger('click')
  await flushPromises()
  expect(draft.config?.pseudo).toBe(0.95)
  expect(view.get('[data-testid=pseudo-count]').text()).toBe('2 suggestions are that sure and will be frozen with the run.')
  draft.from = 3 as never
  await flushPromises()
  expect(view.get('[data-testid=pseudo-count]').text()).toContain('1 suggestion of mlp 3 is that sure')
  await view.get('input').setValue('0.999')
  await flushPromises()
  expect(view.get('[data-testid=pseudo-count]').text()).toContain('0 suggestions of mlp 3 are that sure: lower the number')
})

test('the table marks layers that stand still, whole or in part', () => {
  const layer = (name: string, parameters: number, frozen?: number): Record<string, unknown> => ({ name, type: 'dense', output: ['N', 2], parameters, ...(frozen !== undefined && { frozen }) })
  const view = mount(LayerTable, { props: { summary: { parameters: 30, bytes: 1, multiplyAdds: 1, layers: [layer('a', 10, 10), layer('b', 10, 4), layer('c', 10)] as never } }, global: { plugins: [ui] } })
  expect(view.findAll('tbody th').map((cell) => cell.text())).toEqual(['afrozen', 'bpartly frozen', 'c'])
})
