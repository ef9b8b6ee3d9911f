// The sample list: windows on demand, changes taken back, rows that moved away found one by one.
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { fakeBridge } from '../../test/support/fake-bridge.ts'
import { classId, sampleId } from '../../engine/contract/ids.ts'
import { AppError } from '../bridge/errors.ts'
import { useLabelling } from './labelling.ts'
import { useProject } from './project.ts'
import { useSampleList, type SampleQuery } from './sample-list.ts'

const row = (id: number): { id: number; name: string; class: number | null } => ({ id, name: `sample ${id}`, class: null })
const query = (filter: SampleQuery['filter'] = {}): SampleQuery => ({ project: '/a.lathe', filter, order: 'id', descending: false })

function host(total: number, more: Record<string, (input: never) => unknown> = {}): { lists: { offset: number; limit: number }[] } & ReturnType<typeof fakeBridge> {
  const lists: { offset: number; limit: number }[] = []
  const bridge = fakeBridge({
    samples: {
      ids: () => Array.from({ length: total }, (_, index) => index + 1),
      list: (input: { offset: number; limit: number }) => {
        lists.push(input)
        return { total, rows: Array.from({ length: Math.min(input.limit, total - input.offset) }, (_, index) => row(input.offset + index + 1)) }
      },
      ...more,
    },
  })
  return { ...bridge, lists }
}
const scoped = <T>(work: () => T): T => {
  const result = effectScope().run(work)
  if (result === undefined) throw new Error('no result')
  return result
}
beforeEach(() => { setActivePinia(createPinia()) })

test('of 100,000 samples only the windows in view are fetched', async () => {
  const { lists } = host(100_000)
  const list = scoped(() => useSampleList(ref(query())))
  await vi.waitFor(() => { expect(list.total.value).toBe(100_000) })
  list.ensure(50_150, 50_260)
  await vi.waitFor(() => { expect(list.rowAt(50_250)?.name).toBe('sample 50251') })
  expect(lists.map(({ offset }) => offset).sort((a, b) => a - b)).toEqual([0, 50_000, 50_200])
  list.ensure(50_150, 50_260)
  await nextTick()
  expect(lists).toHaveLength(3)
  expect(list.rowAt(99_999)).toBeUndefined()
})
test('a new filter forgets the rows of the old one, and a late answer is not mixed in', async () => {
  const slow = Promise.withResolvers<number[]>()
  const { calls } = host(10, { ids: (input: SampleQuery) => (input.filter.search === 'slow' ? slow.promise : [3]) })
  const wanted = ref(query({ search: 'slow' }))
  const list = scoped(() => useSampleList(wanted))
  wanted.value = query({ search: 'fast' })
  await vi.waitFor(() => { expect(list.ids.value).toEqual([3]) })
  expect(JSON.parse(list.key.value)).toMatchObject({ filter: { search: 'fast' } })
  slow.resolve([1, 2])
  await nextTick()
  expect(list.ids.value).toEqual([3])
  expect(calls.filter((call) => call === 'samples.ids')).toHaveLength(2)
})
test('a sample that no longer stands in its window is read by itself', async () => {
  host(3, { list: () => ({ total: 2, rows: [row(1)] }), get: ({ id }: { id: number }) => row(id) })
  const list = scoped(() => useSampleList(ref(query())))
  await vi.waitFor(() => { expect(list.total.value).toBe(3) })
  list.ensure(0, 2)
  await vi.waitFor(() => { expect(list.rowAt(2)?.name).toBe('sample 3') })
})
test('a failure is told and an empty list stays empty', async () => {
  host(0, { ids: () => { throw new AppError('locked', 'a.lathe: is busy') } })
  const list = scoped(() => useSampleList(ref(query())))
  await vi.waitFor(() => { expect(list.error.value?.kind).toBe('locked') })
  expect(list.loading.value).toBe(false)
})
test('a label shows at once, leaves in order, and goes back when it is refused', async () => {
  const answers = [Promise.withResolvers<unknown>(), Promise.withResolvers<unknown>()]
  const sent: number[] = []
  const bridge = {
    samples: { ids: () => [1, 2], list: () => ({ total: 2, rows: [row(1), row(2)] }), counts: () => null },
    projects: { open: () => ({}), info: () => ({}) },
    runs: { list: () => [] },
    labels: { classes: () => [], state: () => ({ undo: null, redo: null }), assign: ({ class: to }: { class: number }) => { sent.push(to); return answers[sent.length - 1]?.promise } },
  }
  fakeBridge(bridge)
  await useProject().open('/a.lathe')
  const list = scoped(() => useSampleList(ref(query())))
  await vi.waitFor(() => { list.ensure(0, 1); expect(list.rowAt(1)).toBeDefined() })
  const labelling = useLabelling(list)
  const first = labelling.assign([1], 4)
  const second = labelling.assign([2], 5)
  expect(list.row(1)?.class).toBe(classId.parse(4))
  expect(list.row(2)?.class).toBe(classId.parse(5))
  await vi.waitFor(() => { expect(sent).toEqual([4]) })
  answers[0]?.resolve({ changed: 1, state: { undo: 'label', redo: null } })
  await first
  await vi.waitFor(() => { expect(sent).toEqual([4, 5]) })
  answers[1]?.reject(new AppError('disk-full', 'the disk is full'))
  await second
  expect(list.row(sampleId.parse(2))?.class).toBeNull()
  expect(list.row(1)?.class).toBe(4)
  expect(labelling.error.value?.kind).toBe('disk-full')
  expect(useProject().undoState.undo).toBe('label')
})
