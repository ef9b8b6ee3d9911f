// Tests of the experiment's page: nothing before it is asked, each run with its figures after, chart that can be read out.
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { expect, test } from 'vitest'
import type { ExperimentResult } from '../../../engine/contract/experiments.ts'
import { fakeBridge } from '../../../test/support/fake-bridge.ts'
import View from './view.vue'

const gradients = (first: number): ExperimentResult['runs'][number]['gradients'] => [{ layer: 'dense1', start: first, end: first }, { layer: 'head', start: 0.01, end: 0.01 }]
const run = (id: string, title: string, accuracy: number, first: number): ExperimentResult['runs'][number] => ({ id, title, why: `why ${id}`, config: {} as never, accuracy, interval: { low: accuracy - 0.05, high: accuracy + 0.04 }, seconds: 3, losses: [2.3, 0.4], gradients: gradients(first) })
const result: ExperimentResult = { id: 'vanishing-gradients', sample: 'digits', licence: 'CC BY 4.0', depth: 20, units: 32, epochs: 20, seed: 1, guess: 0.1, runs: [run('sigmoid', '20 sigmoid layers', 0.1, 1e-15), run('relu', 'ReLU', 0.91, 0.02)] }

test('runs when asked, then shows every run with its figures and the gradients', async () => {
  const { calls } = fakeBridge({ system: { engine: () => ({ state: 'idle', pid: null, threads: 1, versions: {} }), jobs: () => [], experiment: () => result } })
  setActivePinia(createPinia())
  const page = mount(View)
  expect(page.findAll('[data-testid=experiment-run]')).toHaveLength(0)
  expect(calls).not.toContain('system.experiment')
  await page.get('button').trigger('click')
  await flushPromises()
  const runs = page.findAll('[data-testid=experiment-run]')
  expect(runs.map((r) => r.get('h2').text())).toEqual(['20 sigmoid layers', 'ReLU'])
  expect(runs[1]!.text()).toMatch(/why relu.*91\.0/s)
  expect(page.get('figure svg').attributes('aria-label')).toContain('20 sigmoid layers: 1.0e-15 at the first layer, 1.0e-2 at the last')
  expect(page.text()).toContain('guessing gives 10.0')
})
