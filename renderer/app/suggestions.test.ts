// Suggestions in a list: accepted with a step of undo, taken back when saving fails, rejections that can be undone.
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { effectScope, ref } from 'vue'
import { fakeBridge } from '../../test/support/fake-bridge.ts'
import { AppError } from '../bridge/errors.ts'
import { useProject } from './project.ts'
import { useSampleList, type SampleList } from './sample-list.ts'
import { useSuggestions, type SuggestionActions } from './suggestions.ts'

const said = { class: 2, probability: 0.97, run: 1 }

async function shown(active: Record<string, (input: never) => unknown>): Promise<{ list: SampleList; suggestions: SuggestionActions }> {
  fakeBridge({
    samples: { ids: () => [1, 2, 3], list: () => ({ total: 3, rows: [1, 2, 3].map((id) => ({ id, name: String(id), class: null, ...(id < 3 && { suggestion: said }) })) }) },
    active,
  })
  useProject().path = '/a.lathe'
  const made = effectScope().run(() => {
    const list = useSampleList(ref({ project: '/a.lathe', filter: {}, order: 'id' as const, descending: false }))
    return { list, suggestions: useSuggestions(list) }
  })
  if (!made) throw new Error('no scope')
  await vi.waitFor(() => { expect(made.list.total.value).toBe(3) })
  made.list.ensure(0, 2)
  await vi.waitFor(() => { expect(made.list.row(1)?.suggestion).toEqual(said) })
  return made
}
beforeEach(() => { setActivePinia(createPinia()) })

test('what is accepted has its class at once, and undo says so', async () => {
  const asked: unknown[] = []
  const { list, suggestions } = await shown({ accept: (input) => { asked.push(input); return { changed: 2, state: { undo: 'accept 2 suggestions of run 1 (mlp 1)', redo: null } } } })
  expect(suggestions.open([1, 2, 3, 9])).toEqual([1, 2])
  await suggestions.accept([1, 2])
  expect(asked).toEqual([{ project: '/a.lathe', samples: [1, 2] }])
  expect(list.row(1)).toMatchObject({ class: 2 })
  expect(suggestions.open([1, 2])).toEqual([])
  expect(useProject().undoState.undo).toBe('accept 2 suggestions of run 1 (mlp 1)')
})

test('what cannot be saved stands as it was', async () => {
  const { list, suggestions } = await shown({ accept: () => { throw new AppError('read-only', 'the file cannot be written') } })
  await suggestions.accept([1])
  expect(list.row(1)).toMatchObject({ class: null, suggestion: said })
  expect(suggestions.error.value?.message).toContain('cannot be written')
})

test('a rejection can be taken back once', async () => {
  const asked: unknown[] = []
  const { list, suggestions } = await shown({ reject: (input) => { asked.push(input); return { changed: 1 } } })
  await suggestions.reject([2])
  expect([list.row(2)?.suggestion, suggestions.rejected.value]).toEqual([undefined, 1])
  await suggestions.takeBack()
  expect(asked).toMatchObject([{ samples: [2] }, { samples: [2], rejected: false }])
  expect(suggestions.rejected.value).toBe(0)
})

test('where all of a list have one, those whose rows are not here count too, until they are answered', async () => {
  const { list, suggestions } = await shown({ reject: () => ({ changed: 3 }) })
  const far = 700
  expect([suggestions.open([1, 3, far]), suggestions.open([1, 3, far], true)]).toEqual([[1], [1, far]])
  await suggestions.reject([1, far])
  expect(suggestions.open([1, 3, far], true)).toEqual([])
  await suggestions.takeBack()
  expect(suggestions.open([far], true)).toEqual([far])
  await list.refresh(true)
  expect(suggestions.open([1, far], true)).toEqual([1, far])
})
