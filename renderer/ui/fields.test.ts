// Fields of forms: numbers as they are typed, what may be left empty, problems and the way back at their field, options of a schema.
import ui from '@nuxt/ui/vue-plugin'
import App from '@nuxt/ui/components/App.vue'
import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { defineComponent, h, type Component } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import FieldRow from './FieldRow.vue'
import NumberField from './NumberField.vue'
import OptionRows from './OptionRows.vue'
import OptionalNumber from './OptionalNumber.vue'

function show(component: Component, props: Record<string, unknown>, slots: Record<string, () => unknown> = {}): ReturnType<typeof mount<Component>> {
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: defineComponent(() => () => h('div')) }] })
  const inside = defineComponent(() => () => h(App, null, { default: () => h(component, props, slots) }))
  return mount(inside, { global: { plugins: [router, ui] } })
}
function typed(component: Component, value: unknown): { emitted: unknown[]; field: ReturnType<ReturnType<typeof show>['get']> } {
  const emitted: unknown[] = []
  const shown = show(component, { modelValue: value, 'onUpdate:modelValue': (now: unknown) => { emitted.push(now) } })
  return { emitted, field: shown.get('input') }
}

test('a number may be typed with a comma; what is none is NaN and stays as typed', async () => {
  const { emitted, field } = typed(NumberField, 0.5)
  expect((field.element as HTMLInputElement).value).toBe('0.5')
  await field.setValue('1,25')
  await field.setValue('much')
  expect(emitted).toEqual([1.25, Number.NaN])
  expect((field.element as HTMLInputElement).value).toBe('much')
})

test('an optional number is off where it is empty', async () => {
  const { emitted, field } = typed(OptionalNumber, 3)
  await field.setValue('')
  expect(emitted.at(-1)).toBeNull()
  expect(typed(OptionalNumber, null).field.attributes('placeholder')).toBe('off')
})

test('a field says what is wrong with it, and goes back to the recipe', async () => {
  const resets: string[] = []
  const shown = show(FieldRow, { label: 'Batch', problem: 'at least 1', changed: true, recipe: '32', onReset: () => { resets.push('batch') } }, { default: () => h('input') })
  expect(shown.get('[role=alert]').text()).toBe('at least 1')
  await shown.get('[aria-label="Batch: back to the recipe (32)"]').trigger('click')
  expect(resets).toEqual(['batch'])
})

test('options of a schema have a row each, with what differs from the recipe marked', async () => {
  const set: unknown[][] = []
  const schema = { type: 'object', properties: { units: { type: 'integer', default: 32, minimum: 1 }, norm: { type: 'string', enum: ['none', 'batch-norm'], default: 'none' } } }
  const shown = show(OptionRows, { schema, values: { units: 64 }, recipe: { units: 32 }, onSet: (...args: unknown[]) => { set.push(args) } })
  expect(shown.findAll('label').map((label) => label.text())).toEqual(['Units', 'Norm'])
  expect(shown.findAll('[aria-label*="back to the recipe"]')).toHaveLength(1)
  await shown.get('[aria-label="Units: back to the recipe (32)"]').trigger('click')
  expect(set).toEqual([['units', 32]])
})
