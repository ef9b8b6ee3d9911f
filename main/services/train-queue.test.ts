// What the queue does when the engine ends a run badly and could not write so itself.
import path from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { Runs } from '../../db/repos/runs.ts'
import { openProject } from '../../db/project.ts'
import type { Commands, ToEngine } from '../../engine/contract/commands.ts'
import { LatheError } from '../../engine/contract/errors.ts'
import type { CheckpointId } from '../../engine/contract/ids.ts'
import type { SerializedError } from '../../engine/contract/errors.ts'
import { FakeChild } from '../../test/support/fake-engine.ts'
import { config, fill, tempProject } from '../../test/support/project.ts'
import type { AppEvent } from '../api/contract/events.ts'
import { createServices, type Services } from './index.ts'

/** Freezes data for a run as the engine does; all else is the test's to say. */
class FreezingChild extends FakeChild {
  override send(message: ToEngine): void {
    if (message.type !== 'call' || message.command !== 'freeze') { super.send(message); return }
    using project = openProject((message.args as Commands['freeze']['args']).project, { verify: false })
    const { id: dataset } = project.datasets.freeze()
    queueMicrotask(() => { this.message({ type: 'result', id: message.id, result: { dataset } }) })
  }
}

async function setUp(): Promise<{ readonly services: Services; readonly project: string; readonly children: FakeChild[]; readonly events: AppEvent[] }> {
  const made = tempProject()
  fill(made, 8, (i) => ({ className: String(i % 2), split: 'train' }))
  const project = made.path
  made.close()
  const children: FakeChild[] = []
  const services = createServices({
    dataFolder: path.dirname(project),
    projectsFolder: path.dirname(project),
    startEngine: () => {
      const child = new FreezingChild(process.pid)
      children.push(child)
      queueMicrotask(() => { child.ready() })
      return child
    },
    roots: null,
  })
  onTestFinished(() => services.close())
  const events: AppEvent[] = []
  services.events.subscribe((event) => events.push(event))
  await services.projects.open({ path: project })
  return { services, project, children, events }
}

/** The id of the train call that the engine has been sent. */
async function called(children: readonly FakeChild[]): Promise<{ readonly child: FakeChild; readonly id: number }> {
  await expect.poll(() => children.at(-1)?.sent.at(-1)?.type).toBe('call')
  const child = children.at(-1)
  const message = child?.sent.at(-1)
  return child && message ? { child, id: message.id } : expect.fail('no call')
}

test.each([
  { error: { kind: 'disk-full', message: 'the disk is full' }, status: 'failed' },
  { error: { kind: 'not-found', message: 'the file of a sample is gone' }, status: 'failed' },
] as const satisfies readonly { readonly error: SerializedError; readonly status: string }[])('a run that the engine gave up with $error.kind and left as it was is marked $status', async ({ error, status }) => {
  const { services, project, children, events } = await setUp()
  const { id: run } = await services.runs.start({ project, config })
  const { child, id } = await called(children)
  child.message({ type: 'error', id, error })
  expect(await services.runs.finished(project, run)).toMatchObject({ status, error })
  expect(events.filter((event) => event.type === 'train')).toMatchObject([{ project, event: { type: 'ended', run, status, error } }])
  expect(events.filter((event) => event.type === 'job-ended')).toMatchObject([{ kind: 'train', error }])
})

test('a process that dies leaves its run crashed, and the waiting one begins in a new process', async () => {
  const { services, project, children, events } = await setUp()
  const first = await services.runs.start({ project, config })
  const second = await services.runs.start({ project, config, name: 'second' })
  expect(services.jobs.list().map((job) => job.run)).toEqual([first.id])
  const { child } = await called(children)
  child.exit(null, 'SIGKILL')
  expect(await services.runs.finished(project, first.id)).toMatchObject({ status: 'crashed', error: { kind: 'engine' } })
  await expect.poll(() => children.length).toBe(2)
  const { child: next, id } = await called(children)
  next.message({ type: 'event', id, event: { type: 'progress', run: second.id, progress: { epoch: 0.5, epochs: 2, step: 5, steps: 20, samplesPerSecond: 1, etaSeconds: 3 } } })
  expect(services.jobs.list()).toMatchObject([{ run: second.id, progress: { done: 5, total: 20, stage: 'epoch 1 of 2' } }])
  expect(events.filter((event) => event.type === 'engine').map((event) => event.status.state)).toContain('crashed')
  next.message({ type: 'result', id, result: {} })
})

test('a run that another Lathe runs is left to it', async () => {
  const { services, project, children, events } = await setUp()
  const { id: run } = await services.runs.start({ project, config })
  const { child, id } = await called(children)
  child.message({ type: 'error', id, error: { kind: 'conflict', message: 'running in another process' } })
  await services.runs.finished(project, run)
  expect(services.runs.get({ project, run })).toMatchObject({ status: 'queued', error: null })
  expect(events.filter((event) => event.type === 'train')).toEqual([])
})

test('cancelling the job of a run pauses it', async () => {
  const { services, project, children } = await setUp()
  await services.runs.start({ project, config })
  const { child, id } = await called(children)
  expect(services.jobs.cancel(services.jobs.list()[0]?.id ?? 0)).toBe(true)
  await expect.poll(() => child.sent.at(-1)).toEqual({ type: 'control', id, action: 'pause' })
  child.message({ type: 'result', id, result: {} })
})

test('a run that is started while the host closes is paused, not left queued', async () => {
  const { services, project } = await setUp()
  const starting = services.runs.start({ project, config })
  const closing = services.close()
  const { id: run } = await starting
  await closing
  using file = openProject(project, { verify: false })
  expect(file.runs.get(run).status).toBe('paused')
})

test('a run cannot start from a checkpoint that is not there', async () => {
  const { services, project } = await setUp()
  await expect(services.runs.start({ project, config, from: 99 as CheckpointId })).rejects.toMatchObject({ kind: 'not-found', message: expect.stringContaining('checkpoint 99') as string })
  expect(services.runs.list({ project })).toEqual([])
})

test('an end that the full disk did not take is told all the same, and written once there is room', async () => {
  const { services, project, children } = await setUp()
  const { id: run } = await services.runs.start({ project, config })
  const { child, id } = await called(children)
  const error = { kind: 'disk-full', message: 'the disk is full' } as const
  const full = vi.spyOn(Runs.prototype, 'update').mockImplementation(() => { throw new LatheError(error.kind, error.message) })
  onTestFinished(() => { full.mockRestore() })
  child.message({ type: 'error', id, error })
  expect(await services.runs.finished(project, run)).toMatchObject({ status: 'failed', error })
  expect(services.runs.list({ project })).toMatchObject([{ status: 'failed', error }])
  expect(() => services.runs.resume({ project, run })).toThrow('disk is full')
  using file = openProject(project, { verify: false })
  expect(file.runs.get(run).status).toBe('queued')
  full.mockRestore()
  expect(services.runs.get({ project, run })).toMatchObject({ status: 'failed', error })
  expect(file.runs.get(run)).toMatchObject({ status: 'failed', error })
})

test('a full disk does not keep a project closed that a dead process left in the middle of a run', async () => {
  const { services, project } = await setUp()
  await services.projects.close({ project })
  {
    using file = openProject(project, { verify: false })
    file.runs.create({ config, dataset: file.datasets.freeze().id })
  }
  const full = vi.spyOn(Runs.prototype, 'markCrashed').mockImplementation(() => { throw new LatheError('disk-full', 'the disk is full') })
  onTestFinished(() => { full.mockRestore() })
  expect(await services.projects.open({ path: project })).toMatchObject({ samples: 8, runs: 1 })
})
