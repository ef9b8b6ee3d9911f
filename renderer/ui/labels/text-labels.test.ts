// Editors of spans, texts and numbers: what a person does becomes a label, and nothing else does.
import ui from '@nuxt/ui/vue-plugin'
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, expect, test, vi } from 'vitest'
import { defineComponent, h, type Component } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { NumberedLabel } from '../../../engine/contract/label.ts'
import NumberLabel from './NumberLabel.vue'
import SpansLabel from './SpansLabel.vue'
import TextLabel from './TextLabel.vue'

afterEach(() => { vi.unstubAllGlobals() })
const classes = ['person', 'place'].map((name, position) => ({ id: position + 4, name, position, samples: 1 }))
type Shown = ReturnType<typeof mount<Component>>
async function show(component: Component, label: NumberedLabel | null, text = ''): Promise<Shown> {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(text)))
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: defineComponent(() => () => h('div')) }] })
  const shown = mount(component, { props: { project: '/a.lathe', row: { id: 1, name: 'a', label, meta: {} }, classes }, global: { plugins: [router, ui] } })
  await flushPromises()
  return shown
}
const lastOf = (shown: Shown): unknown => shown.emitted('set')?.at(-1)?.[0]
const button = (shown: Shown, text: string): ReturnType<Shown['get']> => shown.findAll('button').find((one) => one.text() === text)!
const word = (shown: Shown, text: string): ReturnType<Shown['get']> => shown.findAll('[data-start]').find((one) => one.text() === text)!

test('words are chosen, then marked by a class or its digit; a mark is taken away by a press', async () => {
  const editor = await show(SpansLabel, null, 'Ann Lee lives in Rome.')
  expect(button(editor, 'person').attributes('disabled')).toBeDefined()
  await word(editor, 'Ann').trigger('click')
  await word(editor, 'Lee').trigger('click', { shiftKey: true })
  await button(editor, 'person').trigger('click')
  expect(lastOf(editor)).toEqual({ kind: 'spans', spans: [{ start: 0, end: 7, class: 4 }] })
  await editor.setProps({ row: { id: 1, name: 'a', label: lastOf(editor), meta: {} } })
  await word(editor, 'Rome').trigger('click')
  ;(editor.vm as unknown as { useClass(id: number): void }).useClass(5)
  expect(lastOf(editor)).toEqual({ kind: 'spans', spans: [{ start: 0, end: 7, class: 4 }, { start: 17, end: 21, class: 5 }] })
  await editor.get('[aria-label^="Ann Lee: person"]').trigger('click')
  expect(lastOf(editor)).toEqual({ kind: 'spans', spans: [] })
})

test('a digit without a chosen word marks nothing; "nothing to mark" is a label', async () => {
  const editor = await show(SpansLabel, null, 'It rained.')
  ;(editor.vm as unknown as { useClass(id: number): void }).useClass(5)
  expect(editor.emitted('set')).toBeUndefined()
  await button(editor, 'Nothing to mark in this text').trigger('click')
  expect(lastOf(editor)).toEqual({ kind: 'spans', spans: [] })
})

test('a text is saved when it is left, if it changed; an empty one takes the label away', async () => {
  const editor = await show(TextLabel, { kind: 'text', text: 'sept' })
  const field = editor.get('textarea')
  await field.trigger('blur')
  expect(editor.emitted('set')).toBeUndefined()
  await field.setValue('huit')
  await field.trigger('keydown', { key: 'Enter', ctrlKey: true })
  expect(lastOf(editor)).toEqual({ kind: 'text', text: 'huit' })
  await field.setValue(' ')
  await field.trigger('blur')
  expect(lastOf(editor)).toBeNull()
})

test('a number is saved by Enter; what is no number takes the label away', async () => {
  const editor = await show(NumberLabel, { kind: 'number', value: 3 })
  const field = editor.get('input')
  await field.setValue('4,5')
  await field.trigger('keydown', { key: 'Enter' })
  expect(lastOf(editor)).toEqual({ kind: 'number', value: 4.5 })
  await field.setValue('much')
  await field.trigger('focusout')
  expect(lastOf(editor)).toBeNull()
})
