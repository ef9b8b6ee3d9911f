// The panel of texts: what it asks for, what it shows, and what it says when a text cannot be taken.
import ui from '@nuxt/ui/vue-plugin'
import { flushPromises, mount } from '@vue/test-utils'
import App from '@nuxt/ui/components/App.vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { runId } from '../../../engine/contract/ids.ts'
import { provideBridge } from '../../bridge/client.ts'
import TextPanel from './TextPanel.vue'

const texts = vi.fn()
beforeEach(() => {
  localStorage.clear()
  provideBridge({ rpc: { evaluate: { texts } } as never, connection: {} as never, events: {} as never })
})
afterEach(() => {
  provideBridge(null)
  texts.mockReset()
})
function panel(does: 'continue' | 'translate'): ReturnType<typeof mount> {
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: defineComponent(() => () => h('div')) }] })
  const inner = defineComponent(() => () => h(App, null, { default: () => h(TextPanel, { path: 'a.lathe', run: runId.parse(3), checkpoint: 'best', does }) }))
  return mount(inner, { global: { plugins: [router, ui] } })
}

test('continues a text with the settings shown', async () => {
  texts.mockResolvedValue({ predictions: [{ input: 'Alice', outputs: { kind: 'continuation', prompt: 'Alice', text: ' was late.', next: [{ token: ' ', probability: 0.75 }] } }], skipped: [] })
  const view = panel('continue')
  await view.get('textarea').setValue('Alice')
  await view.get('input[aria-label="Temperature"]').setValue('0')
  await view.get('[data-testid="write-run"]').trigger('click')
  await flushPromises()
  expect(texts.mock.calls[0]![0]).toEqual({ project: 'a.lathe', run: 3, checkpoint: 'best', texts: ['Alice'], generation: { tokens: 200, temperature: 0, topK: 0, topP: 1, seed: 1 } })
  expect(view.get('[data-testid="written"]').text()).toBe('Alice was late.')
  expect(view.text()).toContain('" " 75')
})

test('translates by beam, and says why a text was not taken', async () => {
  texts.mockResolvedValue({ predictions: [], skipped: [{ path: ' ', reason: 'the text is empty' }] })
  const view = panel('translate')
  await view.get('textarea').setValue(' ')
  await view.get('input[aria-label="Beam"]').setValue('4')
  await view.get('[data-testid="write-run"]').trigger('click')
  await flushPromises()
  expect(texts.mock.calls[0]![0]).toMatchObject({ generation: { beam: 4 } })
  expect(view.find('[data-testid="written"]').exists()).toBe(false)
  expect(view.text()).toContain('the text is empty')
})

test('a setting out of its range says so at its field, and nothing is asked', async () => {
  const view = panel('continue')
  await view.get('input[aria-label="Top-p"]').setValue('7')
  expect(view.get('[role=alert]').text()).toBe('Top-p: at most 1')
  expect(view.get('input[aria-label="Top-p"]').attributes('aria-invalid')).toBe('true')
  await view.get('[data-testid="write-run"]').trigger('click')
  await view.get('textarea').trigger('keydown', { key: 'Enter', ctrlKey: true })
  await view.get('input[aria-label="Top-p"]').setValue('much')
  expect(view.get('[role=alert]').text()).toBe('Top-p: must be a number')
  expect(texts).not.toHaveBeenCalled()
})
