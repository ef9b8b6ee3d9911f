// useEvents(): engine, jobs and training follow the stream; a broken one is read again.
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { fakeBridge } from '../../test/support/fake-bridge.ts'
import { runId } from '../../engine/contract/ids.ts'
import type { Job } from '../../main/api/contract/events.ts'
import { useEvents } from './events.ts'

const job = (id: number, kind: Job['kind']): Job => ({ id, kind, project: '/a.lathe', title: `job ${id}`, progress: { done: 0, total: null, stage: 'reading' }, cancellable: true, run: null })
const idle = { state: 'idle', pid: 1, threads: 2, versions: {} } as const
beforeEach(() => { setActivePinia(createPinia()) })

test('jobs come, go on and end', async () => {
  const { events } = fakeBridge({ system: { engine: () => idle, jobs: () => [job(1, 'import')] } })
  const store = useEvents()
  await vi.waitFor(() => { expect(store.jobs.map(({ id }) => id)).toEqual([1]) })
  events.emit({ type: 'job', job: { ...job(2, 'evaluate'), progress: { done: 3, total: 9, stage: 'predicting' } } })
  expect(store.jobs[1]?.progress.done).toBe(3)
  events.emit({ type: 'job-ended', id: 1, kind: 'import', project: '/a.lathe', error: null })
  expect(store.jobs.map(({ id }) => id)).toEqual([2])
})
test('training is shown while it goes, and no longer than the engine lives', async () => {
  const { events } = fakeBridge({ system: { engine: () => idle, jobs: () => [] } })
  const store = useEvents()
  await vi.waitFor(() => { expect(store.engine?.state).toBe('idle') })
  const progress = { epoch: 7.5, epochs: 20, step: 10, steps: 40, samplesPerSecond: 900, etaSeconds: 192 }
  const run = runId.parse(12)
  events.emit({ type: 'train', project: '/a.lathe', event: { type: 'progress', run, progress } })
  expect(store.training).toMatchObject({ run: 12, epoch: 7.5, project: '/a.lathe' })
  events.emit({ type: 'engine', status: { ...idle, state: 'crashed' } })
  expect(store.training).toBeNull()
  events.emit({ type: 'train', project: '/a.lathe', event: { type: 'progress', run, progress } })
  events.emit({ type: 'train', project: '/a.lathe', event: { type: 'ended', run, status: 'finished' } })
  expect(store.training).toBeNull()
})
test('after an interruption all is read again', async () => {
  let threads = 2
  const { events } = fakeBridge({ system: { engine: () => ({ ...idle, threads }), jobs: () => [] } })
  const store = useEvents()
  await vi.waitFor(() => { expect(store.engine?.threads).toBe(2) })
  threads = 4
  events.emit({ type: 'reconnected' })
  await vi.waitFor(() => { expect(store.engine?.threads).toBe(4) })
})
