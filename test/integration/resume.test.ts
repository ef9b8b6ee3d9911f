// A run that is killed, paused, stopped or extended: a real engine process, real signals, and the weights compared by hash.
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import type { RunId } from '../../engine/contract/ids.ts'
import { makeServices, nextEvent, runToEnd, smallProject, smallRecipe, temporaryFolder } from './support.ts'

// Several whole runs in each, on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 90_000 })

test('SIGKILL at random moments: the run is marked crashed, nothing written is lost, and resuming ends in the same weights', async () => {
  const folder = await temporaryFolder()
  const services = makeServices(folder)
  const project = await smallProject(services, folder)
  const config = await smallRecipe(services, project, { epochs: 12 })
  const whole = await runToEnd(services, project, config)
  expect(whole.status).toBe('finished')
  const took = whole.seconds * 1000

  const { id: run } = await services.runs.start({ project, config })
  let kills = 0
  for (let attempt = 0; attempt < 3; attempt++) {
    const started = nextEvent(services, (event) => event.type === 'train' && event.event.type === 'started')
    if (attempt > 0) services.runs.resume({ project, run })
    await started
    await sleep(Math.random() * took * 0.3)
    const { pid } = services.engine.status
    if (pid === null) break
    process.kill(pid, 'SIGKILL')
    const ended = await services.runs.finished(project, run)
    if (ended.status === 'finished') break
    kills++
    expect(ended.status).toBe('crashed')
    expect(ended.error?.kind).toBe('engine')
    expect(services.engine.status.state).toBe('crashed')
    // The services live on, and the file still answers.
    const [last] = services.runs.checkpoints({ project, run }).filter((one) => one.kind === 'last')
    expect(last?.step).toBe(ended.step)
    expect(services.samples.counts({ project }).total).toBe(96)
  }
  expect(kills).toBeGreaterThan(0)
  const before = services.runs.get({ project, run })
  if (before.status !== 'finished') services.runs.resume({ project, run })
  const resumed = await services.runs.finished(project, run)
  expect(resumed.status).toBe('finished')
  expect(resumed.error).toBeNull()
  expect(resumed.weightsHash).toBe(whole.weightsHash)
  // Metrics too are those of a run that was never interrupted, point by point.
  const points = (id: typeof run): (readonly [string, number, number])[] => services.runs.metrics({ project, run: id, after: -1 }).filter((p) => !/throughput|seconds|wait/.test(p.name) && Number.isInteger(p.epoch)).map((p) => [p.name, p.step, p.value] as const)
  expect(points(run)).toEqual(points(whole.id))
})

test('SIGKILL in the second member of an ensemble: resuming ends in the weights of one that was never interrupted', async () => {
  const folder = await temporaryFolder()
  const services = makeServices(folder)
  const project = await smallProject(services, folder, { perClass: 12 })
  const config = await smallRecipe(services, project, { epochs: 3, ensemble: { by: 'seeds', count: 2, members: [] } })
  const whole = await runToEnd(services, project, config)
  expect(whole.status).toBe('finished')
  const { id: run } = await services.runs.start({ project, config })
  const members = (): number => services.runs.get({ project, run }).config.ensemble?.members.length ?? 0
  await nextEvent(services, (event) => event.type === 'train' && event.event.type === 'metrics' && members() === 2)
  process.kill(services.engine.status.pid ?? 0, 'SIGKILL')
  const ended = await services.runs.finished(project, run)
  expect(ended).toMatchObject({ status: 'crashed', error: { kind: 'engine' } })
  services.runs.resume({ project, run })
  const resumed = await services.runs.finished(project, run)
  expect(resumed).toMatchObject({ status: 'finished', error: null, weightsHash: whole.weightsHash })
  expect(resumed.config.ensemble?.members.map(({ weightsHash }) => weightsHash)).toEqual(whole.config.ensemble?.members.map(({ weightsHash }) => weightsHash))
})

test('pause, resume, stop and extend', async () => {
  const folder = await temporaryFolder()
  const services = makeServices(folder)
  const project = await smallProject(services, folder)
  const config = await smallRecipe(services, project, { epochs: 12 })
  const whole = await runToEnd(services, project, config)

  const { id: run } = await services.runs.start({ project, config })
  expect(services.runs.get({ project, run }).status).toMatch(/queued|running/)
  await nextEvent(services, (event) => event.type === 'train' && event.event.type === 'checkpoint' && event.event.step > 0)
  const paused = await services.runs.pause({ project, run })
  expect(paused.status).toBe('paused')
  expect(paused.step).toBeGreaterThan(0)
  expect(paused.step).toBeLessThan(whole.step)
  services.runs.remove({ project, run })
  expect(() => services.runs.get({ project, run })).toThrow(/no run/)

  const again = await services.runs.start({ project, config })
  await nextEvent(services, (event) => event.type === 'train' && event.event.type === 'metrics')
  expect(() => services.runs.remove({ project, run: again.id })).toThrow(/stop it first/)
  await services.runs.pause({ project, run: again.id })
  services.runs.resume({ project, run: again.id })
  const finished = await services.runs.finished(project, again.id)
  expect(finished.weightsHash).toBe(whole.weightsHash)
  expect(() => services.runs.resume({ project, run: again.id })).toThrow(/extend/)

  services.runs.extend({ project, run: again.id, epochs: 2 })
  const extended = await services.runs.finished(project, again.id)
  expect(extended).toMatchObject({ status: 'finished', epoch: 14, config: { epochs: 14 } })
  expect(extended.weightsHash).not.toBe(whole.weightsHash)

  const last = await services.runs.start({ project, config: { ...config, epochs: 2000 } })
  await nextEvent(services, (event) => event.type === 'train' && event.event.type === 'metrics')
  const stopped = await services.runs.stop({ project, run: last.id })
  expect(stopped.status).toBe('stopped')
  expect(services.runs.checkpoints({ project, run: last.id }).map((one) => one.kind)).toContain('last')
})

test('a second run waits for the first, and can be withdrawn', async () => {
  const folder = await temporaryFolder()
  const services = makeServices(folder)
  const project = await smallProject(services, folder)
  const config = await smallRecipe(services, project, { epochs: 2000 })
  const first = await services.runs.start({ project, config })
  const second = await services.runs.start({ project, config: { ...config, epochs: 1 }, name: 'after' })
  const third = await services.runs.start({ project, config: { ...config, epochs: 1 } })
  await nextEvent(services, (event) => event.type === 'train' && event.event.type === 'metrics')
  expect(services.runs.get({ project, run: second.id })).toMatchObject({ status: 'queued', name: 'after' })
  expect((await services.runs.pause({ project, run: third.id })).status).toBe('paused')
  await services.runs.stop({ project, run: first.id })
  expect((await services.runs.finished(project, second.id)).status).toBe('finished')
  expect(services.jobs.list()).toEqual([])
})

test('closing pauses what trains; another host marks what a killed one left, and goes on with it', async () => {
  const folder = await temporaryFolder()
  const services = makeServices(folder)
  const project = await smallProject(services, folder)
  const config = await smallRecipe(services, project, { epochs: 2000 })
  const { id: run } = await services.runs.start({ project, config })
  await nextEvent(services, (event) => event.type === 'train' && event.event.type === 'metrics')
  await services.close()

  const other = makeServices(folder)
  await other.projects.open({ path: project })
  const left = other.runs.get({ project, run })
  expect(left.status).toBe('paused')
  expect(left.step).toBeGreaterThan(0)
  expect((await other.runs.stop({ project, run })).status).toBe('stopped')
})

test('SIGTERM to the engine pauses the run with a checkpoint; resuming ends in the same weights', async () => {
  const folder = await temporaryFolder()
  const services = makeServices(folder)
  const project = await smallProject(services, folder, { perClass: 12 })
  const config = await smallRecipe(services, project, { epochs: 12 })
  const whole = await runToEnd(services, project, config)
  const { id: run } = await services.runs.start({ project, config })
  await nextEvent(services, (event) => event.type === 'train' && event.event.type === 'metrics')
  process.kill(services.engine.status.pid ?? 0, 'SIGTERM')
  expect(await services.runs.finished(project, run)).toMatchObject({ status: 'paused', error: null })
  await expect.poll(() => services.engine.status.pid).toBeNull()
  expect(services.engine.status.state).toBe('idle')
  services.runs.resume({ project, run })
  expect((await services.runs.finished(project, run)).weightsHash).toBe(whole.weightsHash)
})

test('when its parent is killed the engine pauses the run and ends itself', async () => {
  const folder = await temporaryFolder()
  const services = makeServices(folder)
  const project = await smallProject(services, folder, { perClass: 12 })
  const config = await smallRecipe(services, project, { epochs: 5000 })
  const host = spawn(process.execPath, ['--input-type=module', '-e', HOST, folder, project, JSON.stringify(config)], { stdio: ['ignore', 'pipe', 'inherit'], cwd: fileURLToPath(new URL('../..', import.meta.url)) })
  const lines = createInterface({ input: host.stdout })[Symbol.asyncIterator]()
  const { value } = await lines.next()
  const { engine, run } = JSON.parse(String(value)) as { engine: number; run: RunId }
  const gone = new Promise((resolve) => { host.once('exit', resolve) })
  host.kill('SIGKILL')
  await gone
  await expect.poll(() => alive(engine), { timeout: 10_000 }).toBe(false)
  await services.projects.close({ project })
  await services.projects.open({ path: project })
  expect(services.runs.get({ project, run })).toMatchObject({ status: 'paused' })
})

/** A host that trains and says so. */
const HOST = `
import { createServices } from './main/services/index.ts'
import { forkEngine } from './main/services/engine-child.ts'
const [folder, project, config] = process.argv.slice(1)
const services = createServices({ dataFolder: folder, projectsFolder: folder, startEngine: () => forkEngine(), roots: null })
await services.projects.open({ path: project })
const { id: run } = await services.runs.start({ project, config: JSON.parse(config) })
services.events.subscribe((event) => {
  if (event.type === 'train' && event.event.type === 'metrics') console.log(JSON.stringify({ engine: services.engine.status.pid, run }))
})
`

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
