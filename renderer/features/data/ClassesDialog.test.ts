// Test of the dialog of classes: a name that is being typed stays when the list is read again.
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { expect, test } from 'vitest'
import { fakeBridge } from '../../../test/support/fake-bridge.ts'
import { useProject } from '../../app/project.ts'
import { createAppRouter } from '../../app/routes.ts'
import ClassesDialog from './ClassesDialog.vue'

test('a name that is being typed survives a change of the project, and is sent when it is done', async () => {
  const renamed: unknown[] = []
  let samples = 0
  fakeBridge({
    projects: { open: () => ({ path: '/a.lathe', name: 'A' }), info: () => ({ path: '/a.lathe', name: 'A' }) },
    labels: { classes: () => [{ id: 1, name: 'cat', position: 0, samples: samples++ }], state: () => ({ undo: null, redo: null }), renameClass: (input) => { renamed.push(input) } },
    samples: { counts: () => ({ total: 0, labelled: 0, byClass: [], bySplit: { train: 0, val: 0, test: 0, none: 0 }, suggested: 0 }) },
    runs: { list: () => [] },
  })
  setActivePinia(createPinia())
  const project = useProject()
  await project.open('/a.lathe')
  const dialog = mount(ClassesDialog, { props: { open: true }, attachTo: document.body, global: { plugins: [createAppRouter()] } })
  await flushPromises()
  const field = document.querySelector<HTMLInputElement>('input[aria-label="Name of class 1"]')!
  field.value = 'dog'
  field.dispatchEvent(new Event('input', { bubbles: true }))
  await project.refresh()
  await flushPromises()
  expect(document.body.textContent).toContain(`${samples - 1} sample`)
  expect(field.value).toBe('dog')
  field.dispatchEvent(new Event('change', { bubbles: true }))
  await flushPromises()
  expect(renamed).toEqual([{ project: '/a.lathe', id: 1, name: 'dog' }])
  dialog.unmount()
})
