// A translation beside the truth: words that differ are marked, for eyes and screen readers.
import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import TranslationOutput from './TranslationOutput.vue'
import { outputView } from './index.ts'

const props = { project: 'p', classes: [], output: { kind: 'translation', text: 'deux mille trois', probability: 0.25 } }

test('wrong words are marked, the truth stands below', () => {
  expect(outputView('translation')).toBe(TranslationOutput)
  const view = mount(TranslationOutput, { props: { ...props, row: { label: { kind: 'text', text: 'deux cent trois' } } as never } })
  expect(view.findAll('mark').map((m) => m.text())).toEqual(['mille'])
  expect(view.text()).toContain('deux cent trois')
  expect(view.text()).toContain('25')
})

test('without a truth nothing is wrong, and nothing written is said so', () => {
  const view = mount(TranslationOutput, { props: { ...props, row: { label: null } as never } })
  expect(view.findAll('mark')).toHaveLength(0)
  expect(view.text()).not.toContain('truth')
  const none = mount(TranslationOutput, { props: { ...props, output: { kind: 'translation', text: '' }, row: { label: null } as never } })
  expect(none.text()).toContain('nothing')
})
