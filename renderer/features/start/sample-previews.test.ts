// Previews of built-in samples: one at a time, each once; one that cannot be made stops no other.
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { fakeBridge } from '../../../test/support/fake-bridge.ts'
import { useSamplePreviews } from './sample-previews.ts'

beforeEach(() => { setActivePinia(createPinia()) })

test('asked for one after the other, the first on the page first, and once', async () => {
  let [running, most] = [0, 0]
  const asked: string[] = []
  fakeBridge({ projects: { samplePreview: async ({ id }: { id: string }) => {
    asked.push(id)
    most = Math.max(most, ++running)
    await Promise.resolve()
    running--
    if (id === 'broken') throw new Error('no')
    return { items: [], says: id }
  } } })
  const previews = useSamplePreviews()
  for (const [id, rank] of [['b', 3], ['broken', 2], ['a', 1], ['b', 3], ['a', 1]] as const) previews.ask(id, rank)
  await vi.waitFor(() => { expect(previews.made.size).toBe(3) })
  previews.ask('a', 1)
  expect([asked, most]).toEqual([['a', 'broken', 'b'], 1])
  expect([previews.made.get('b')?.says, previews.made.get('broken')]).toEqual(['b', null])
})

test('what is left before it was begun is not made, and is made when it is looked at again', async () => {
  const asked: string[] = []
  fakeBridge({ projects: { samplePreview: ({ id }: { id: string }) => {
    asked.push(id)
    return Promise.resolve({ items: [], says: id })
  } } })
  const previews = useSamplePreviews()
  previews.ask('a', 1)
  previews.ask('b', 2)
  previews.leave('a')
  await vi.waitFor(() => { expect(previews.made.has('b')).toBe(true) })
  expect(asked).toEqual(['b'])
  previews.leave('b')
  previews.ask('a', 1)
  await vi.waitFor(() => { expect(previews.made.get('a')?.says).toBe('a') })
  expect(asked).toEqual(['b', 'a'])
})
