// Details of a run: how long it waited for batches, once an epoch is done.
import App from '@nuxt/ui/components/App.vue'
import ui from '@nuxt/ui/vue-plugin'
import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { defineComponent, h } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { RunRecord } from '../../db/contract/records.ts'
import { trainConfig, trainDefaults } from '../../engine/contract/recipe.ts'
import RunDetails from './RunDetails.vue'

const config = trainConfig.parse({ task: 'image-classification', model: 'cnn', modelOptions: {}, input: { kind: 'image', height: 8, width: 8, channels: 1, mean: [0.5], std: [0.5] }, epochs: 5, batch: 8, optimizer: 'adam', lr: 0.01, schedule: 'cosine', momentum: 0.9, weightDecay: 0, labelSmoothing: 0, dropout: 0, initializer: 'he-normal', seed: 1, augment: null, earlyStopping: null, ...trainDefaults })

function shown(metrics: Readonly<Record<string, number>>): ReturnType<typeof mount> {
  const run = { id: 1, name: 'run', status: 'finished', config, metrics, epoch: 1, step: 4, seconds: 2, startedAt: 0, parameters: 10, dataset: 1, weightsHash: null } as unknown as RunRecord
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: defineComponent(() => () => h('div')) }] })
  return mount(defineComponent(() => () => h(App, () => h(RunDetails, { run, checkpoints: [] }))), { global: { plugins: [router, ui] } })
}

test('what an epoch waited for batches is said, and nothing before there is one', () => {
  expect(shown({ 'train/wait': 0.043 }).get('[data-testid=waits]').text().replace(/\s/g, ' ')).toBe('4 % of the last epoch')
  expect(shown({}).find('[data-testid=waits]').exists()).toBe(false)
})
