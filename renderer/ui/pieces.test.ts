// Small pieces: names are text, errors can be copied and put away, panes remember, cells say what they hold.
import ui from '@nuxt/ui/vue-plugin'
import { mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import { defineComponent, h, nextTick, type Component } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { classId, importId, sampleId } from '../../engine/contract/ids.ts'
import { AppError } from '../bridge/errors.ts'
import ClassChip from './ClassChip.vue'
import ErrorNote from './ErrorNote.vue'
import PaneLayout from './PaneLayout.vue'
import SampleCell from './SampleCell.vue'
import { isNumber, remember } from './remember.ts'

beforeEach(() => { localStorage.clear() })
function show(component: Component, props: Record<string, unknown>, slots: Record<string, () => unknown> = {}): ReturnType<typeof mount<Component>> {
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: defineComponent(() => () => h('div')) }] })
  return mount(component, { props, slots, global: { plugins: [router, ui] } })
}

test('a class name is text, whatever is in it', () => {
  const name = '<script>alert(1)</script> 数字'
  const chip = show(ClassChip, { name, position: 0 })
  expect(chip.text()).toContain(name)
  expect(chip.find('script').exists()).toBe(false)
  expect(show(ClassChip, { name: null, position: -1 }).text()).toBe('not labelled')
})
test('an error shows kind and message, copies all of it, and can be put away', async () => {
  const written = vi.fn(() => Promise.resolve())
  vi.stubGlobal('navigator', { clipboard: { writeText: written } })
  const note = show(ErrorNote, { error: new AppError('locked', 'a.lathe: is open elsewhere', { pid: 7 }), dismissible: true })
  expect(note.attributes('data-kind')).toBe('locked')
  await note.get('[aria-label="Copy this error"]').trigger('click')
  expect(written).toHaveBeenCalledWith(expect.stringContaining('"pid": 7'))
  await note.get('[aria-label="Dismiss"]').trigger('click')
  expect(note.emitted('dismiss')).toHaveLength(1)
  vi.unstubAllGlobals()
})
test('panes resize by arrow keys, collapse by Enter, and are remembered', async () => {
  const layout = () => show(PaneLayout, { name: 'test', listTitle: 'Filters' }, { list: () => 'filters', default: () => 'work' })
  const first = layout()
  const divider = first.get('[role="separator"]')
  expect(divider.attributes('aria-valuenow')).toBe('208')
  await divider.trigger('keydown', { key: 'ArrowRight' })
  expect(divider.attributes('aria-valuenow')).toBe('224')
  await divider.trigger('keydown', { key: 'Enter' })
  expect(first.get<HTMLElement>('aside').element.style.display).toBe('none')
  const second = layout()
  expect(second.get('[role="separator"]').attributes('aria-valuenow')).toBe('0')
  await second.get('[role="separator"]').trigger('keydown', { key: 'Enter' })
  expect(second.get('[role="separator"]').attributes('aria-valuenow')).toBe('224')
})
test('what was remembered and is no longer valid is not used', async () => {
  localStorage.setItem('lathe:width', '"wide"')
  const width = remember('width', 200, isNumber)
  expect(width.value).toBe(200)
  width.value = 300
  await nextTick()
  expect(remember('width', 200, isNumber).value).toBe(300)
})
test('a cell says its name, label and what a run predicted', () => {
  const row = { id: sampleId.parse(3), name: 'a.png', sha256: '', ref: null, bytes: 1, mime: 'image/png', width: 8, height: 8, channels: 1, split: null, import: importId.parse(1), class: classId.parse(1), prediction: { class: classId.parse(2), probability: 0.914, loss: 1 } }
  const cell = show(SampleCell, { project: '/a.lathe', sample: 3, row, size: 64, width: 72, selected: true, cursor: false, look: { name: 'cat', position: 0 }, predicted: { name: 'dog', position: 1 } })
  expect(cell.attributes('aria-label')?.replace('\u202f', ' ')).toBe('a.png: cat → dog, predicted at 91 %')
  expect(cell.attributes('aria-selected')).toBe('true')
  expect(cell.get('.text-error').text()).toBe('→ dog')
  const right = show(SampleCell, { project: '/a.lathe', sample: 3, row: { ...row, prediction: { ...row.prediction, class: classId.parse(1) } }, size: 64, width: 72, selected: true, cursor: false, look: { name: 'cat', position: 0 }, predicted: { name: 'cat', position: 0 } })
  expect([right.find('.text-success').exists(), right.text()]).toEqual([true, 'cat'])
  expect(cell.find('.text-success').exists()).toBe(false)
  expect(cell.get('img').attributes('src')).toContain('/media/thumb?project=%2Fa.lathe&id=3')
})
