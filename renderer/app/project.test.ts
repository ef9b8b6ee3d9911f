// useProject(): opening and failing, reading again on changes, edits counted and their failures kept.
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { fakeBridge, type Procedures } from '../../test/support/fake-bridge.ts'
import { AppError } from '../bridge/errors.ts'
import { useProject } from './project.ts'

const info = { path: '/a.lathe', name: 'A', samples: 2 }
const base = {
  projects: { open: () => info, info: () => info },
  labels: { classes: () => [{ id: 1, name: 'cat', position: 0, samples: 1 }], state: () => ({ undo: 'label 1 sample as cat', redo: null }), undo: () => ({ samples: [7], state: { undo: null, redo: 'label 1 sample as cat' } }) },
  samples: { counts: () => ({ total: 2, labelled: 1, byClass: [], bySplit: { train: 0, val: 0, test: 0, none: 2 }, suggested: 0 }) },
  runs: { list: () => [] },
} satisfies Procedures

beforeEach(() => { setActivePinia(createPinia()) })

test('opening reads everything once', async () => {
  const { calls } = fakeBridge(base)
  const project = useProject()
  expect(await project.open('/a.lathe')).toBe(true)
  expect(project.state).toBe('open')
  expect(project.info?.name).toBe('A')
  expect(project.classById(1)?.name).toBe('cat')
  expect(project.classById(9)).toBeUndefined()
  expect(project.undoState.undo).toBe('label 1 sample as cat')
  await project.open('/a.lathe')
  expect(calls.filter((call) => call === 'projects.open')).toHaveLength(1)
})
test('a project that cannot be opened says why and holds nothing of the last one', async () => {
  let broken = false
  fakeBridge({ ...base, projects: { ...base.projects, open: () => { if (broken) throw new AppError('newer-version', 'b.lathe: written by a newer Lathe'); return info } } })
  const project = useProject()
  await project.open('/a.lathe')
  broken = true
  expect(await project.open('/b.lathe')).toBe(false)
  expect(project.state).toBe('failed')
  expect(project.error?.kind).toBe('newer-version')
  expect(project.classes).toEqual([])
})
test('changes of this project are read together, of another not at all', async () => {
  const { events, calls } = fakeBridge(base)
  const project = useProject()
  await project.open('/a.lathe')
  calls.length = 0
  const before = project.revision
  events.emit({ type: 'changed', project: '/other.lathe', what: 'labels' })
  events.emit({ type: 'changed', project: '/a.lathe', what: 'labels' })
  events.emit({ type: 'changed', project: '/a.lathe', what: 'labels' })
  await vi.waitFor(() => { expect(calls.filter((call) => call === 'samples.counts')).toHaveLength(1) })
  expect(project.revision).toBe(before + 2)
  expect(calls).not.toContain('runs.list')
})
test('an edit counts while it is under way; its failure stays until the next success', async () => {
  fakeBridge(base)
  const project = useProject()
  await project.open('/a.lathe')
  const done = Promise.withResolvers<number>()
  const edit = project.edit(() => done.promise)
  expect(project.saving).toBe(1)
  done.resolve(3)
  expect(await edit).toBe(3)
  expect(project.saving).toBe(0)
  await expect(project.edit(() => Promise.reject(new AppError('disk-full', 'the disk is full')))).rejects.toMatchObject({ kind: 'disk-full' })
  expect(project.saveError?.kind).toBe('disk-full')
  await project.edit(() => Promise.resolve(0))
  expect(project.saveError).toBeNull()
})
test('undo takes over the new state and says which samples changed', async () => {
  fakeBridge(base)
  const project = useProject()
  await project.open('/a.lathe')
  expect(await project.undo()).toEqual([7])
  expect(project.undoState.redo).toBe('label 1 sample as cat')
})
test('after a broken connection the project is opened again', async () => {
  const { events, calls } = fakeBridge(base)
  const project = useProject()
  await project.open('/a.lathe')
  calls.length = 0
  events.emit({ type: 'reconnected' })
  await vi.waitFor(() => { expect(project.state).toBe('open') })
  expect(calls).toContain('projects.open')
})
