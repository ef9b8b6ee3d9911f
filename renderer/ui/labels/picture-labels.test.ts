// Editors of boxes and masks: what a person does becomes a label with class ids.
import ui from '@nuxt/ui/vue-plugin'
import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { defineComponent, h, nextTick, type Component } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { ClassRecord, SampleRow } from '../../../db/contract/records.ts'
import { classId, importId, sampleId } from '../../../engine/contract/ids.ts'
import type { NumberedLabel } from '../../../engine/contract/label.ts'
import BoxesLabel from './BoxesLabel.vue'
import ClassesLabel from './ClassesLabel.vue'
import MaskLabel from './MaskLabel.vue'

const classes: readonly ClassRecord[] = ['cat', 'dog'].map((name, position) => ({ id: classId.parse(position + 4), name, position, samples: 1 }))
const row = (label: NumberedLabel | null): SampleRow => ({ id: sampleId.parse(1), name: 'a.png', sha256: '', ref: null, bytes: 1, mime: 'image/png', width: 100, height: 50, channels: 3, split: null, import: importId.parse(1), class: null, label, meta: {}, preview: null, prediction: null })

type Shown = ReturnType<typeof mount<Component>>
function show(component: Component, label: NumberedLabel | null): Shown {
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: defineComponent(() => () => h('div')) }] })
  const shown = mount(component, { props: { project: 'p', row: row(label), classes }, global: { plugins: [router, ui] } })
  for (const stage of (shown.element as HTMLElement).querySelectorAll('[data-testid=boxes], [data-testid=mask]')) {
    Object.assign(stage, { getBoundingClientRect: () => ({ x: 0, y: 0, width: 200, height: 100 }), setPointerCapture: () => undefined })
  }
  return shown
}
const at = (x: number, y: number): Record<string, number> => ({ clientX: x, clientY: y, button: 0, pointerId: 1 })
const two: NumberedLabel = { kind: 'boxes', boxes: [{ class: 4, x: 10, y: 10, width: 20, height: 20 }, { class: 5, x: 60, y: 10, width: 30, height: 30 }] }
const lastOf = (shown: Shown): unknown => shown.emitted('set')?.at(-1)?.[0]

test('a drag draws a box of the chosen class in pixels of the picture; a slip draws none', async () => {
  const editor = show(BoxesLabel, null)
  const stage = editor.get('[data-testid=boxes]')
  await stage.trigger('pointerdown', at(20, 20))
  await stage.trigger('pointerup', at(20, 20))
  expect(editor.emitted('set')).toBeUndefined()
  await editor.findAll('button').find((button) => button.text() === 'dog')!.trigger('click')
  await stage.trigger('pointerdown', at(20, 20))
  await stage.trigger('pointermove', at(120, 60))
  await stage.trigger('pointerup', at(120, 60))
  expect(lastOf(editor)).toEqual({ kind: 'boxes', boxes: [{ class: 5, x: 10, y: 10, width: 50, height: 20 }] })
})

test('a box is moved by arrows, given another class, and deleted by keys; "nothing here" is a label', async () => {
  const editor = show(BoxesLabel, two)
  await editor.findAll('[data-testid=box]')[1]!.trigger('focus')
  await editor.get('[data-testid=boxes]').trigger('keydown', { key: 'ArrowLeft', shiftKey: true })
  expect(lastOf(editor)).toMatchObject({ boxes: [{ x: 10 }, { class: 5, x: 50, y: 10, width: 30, height: 30 }] })
  await editor.findAll('button').find((button) => button.text() === 'cat')!.trigger('click')
  expect(lastOf(editor)).toMatchObject({ boxes: [{ class: 4 }, { class: 4, x: 60 }] })
  await editor.get('[data-testid=boxes]').trigger('keydown', { key: 'Delete' })
  expect(lastOf(editor)).toMatchObject({ boxes: [{ class: 4, x: 10 }] })
  const empty = show(BoxesLabel, null)
  await empty.findAll('button').find((button) => button.text() === 'Nothing here')!.trigger('click')
  expect(lastOf(empty)).toEqual({ kind: 'boxes', boxes: [] })
})

test('a stroke of the brush becomes runs of its class, one of the background takes it away', async () => {
  const editor = show(MaskLabel, null)
  const stage = editor.get('[data-testid=mask]')
  const stroke = async (): Promise<void> => {
    await stage.trigger('pointerdown', at(40, 50))
    await stage.trigger('pointermove', at(120, 50))
    await stage.trigger('pointerup', at(120, 50))
  }
  await stroke()
  const painted = lastOf(editor) as Extract<NumberedLabel, { kind: 'mask' }>
  expect([painted.width, painted.height]).toEqual([100, 50])
  const pixels = painted.runs.reduce((sum, [kind, n]) => sum + (kind === 4 ? n : 0), 0)
  // A band of 40 × 8 pixels with round ends of radius 4.
  expect(Math.abs(pixels - (40 * 8 + Math.PI * 16))).toBeLessThan(25)
  await editor.setProps({ row: row(painted) })
  await editor.findAll('button').find((button) => button.text() === 'background')!.trigger('click')
  await nextTick()
  await stroke()
  expect((lastOf(editor) as typeof painted).runs).toEqual([[null, 5000]])
})

test('a class used by its digit is drawn with, given to what is chosen, painted with, or added and taken away', async () => {
  const use = (editor: Shown, id: number): void => { (editor.vm as unknown as { useClass(id: number): void }).useClass(id) }
  const boxes = show(BoxesLabel, two)
  use(boxes, 5)
  expect(boxes.emitted('set')).toBeUndefined()
  await boxes.findAll('[data-testid=box]')[0]!.trigger('focus')
  use(boxes, 5)
  expect(lastOf(boxes)).toMatchObject({ boxes: [{ class: 5, x: 10 }, { class: 5, x: 60 }] })

  const mask = show(MaskLabel, null)
  use(mask, 5)
  await mask.get('[data-testid=mask]').trigger('pointerdown', at(40, 50))
  await mask.get('[data-testid=mask]').trigger('pointerup', at(40, 50))
  expect((lastOf(mask) as Extract<NumberedLabel, { kind: 'mask' }>).runs.map(([kind]) => kind)).toContain(5)

  const several = show(ClassesLabel, { kind: 'classes', classes: [classId.parse(4)] })
  use(several, 5)
  expect(lastOf(several)).toEqual({ kind: 'classes', classes: [4, 5] })
  use(several, 4)
  expect(lastOf(several)).toEqual({ kind: 'classes', classes: [] })
})
