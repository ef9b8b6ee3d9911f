// Data that do not allow a run, and projects that two hosts share or cannot have.
import path from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { Connection } from '../../db/connection.ts'
import type { ClassId, SampleId } from '../../engine/contract/ids.ts'
import type { Services } from '../../main/services/index.ts'
import { makeServices, runToEnd, smallProject, smallRecipe, temporaryFolder } from './support.ts'

vi.setConfig({ testTimeout: 90_000 })

const all = (services: Services, project: string): readonly SampleId[] => services.samples.ids({ project, filter: {}, order: 'id', descending: false }) as readonly SampleId[]
const classNamed = (services: Services, project: string, name: string): ClassId => {
  const found = services.labels.classes({ project }).find((entry) => entry.name === name)
  if (!found) throw new Error(`no class ${name}`)
  return found.id
}

test('no samples, no labels, one class only: each is said, and no run begins', async () => {
  const folder = await temporaryFolder()
  const services = makeServices(folder)
  const { path: empty } = await services.projects.create({ path: path.join(folder, 'empty.lathe'), task: 'image-classification' })
  expect(services.runs.readiness({ project: empty }).problems).toEqual(['There are no samples yet: import some.'])

  const project = await smallProject(services, folder, { perClass: 3, classes: ['0', '1'] })
  const config = await smallRecipe(services, project, { epochs: 1 })
  services.labels.assign({ project, samples: [...all(services, project)], class: null })
  expect(services.runs.readiness({ project })).toMatchObject({ ready: false, problems: ['None of the 6 samples has a label: label them first.'] })
  await expect(services.runs.start({ project, config })).rejects.toThrow(/None of the 6 samples/)

  services.labels.assign({ project, samples: [...all(services, project)], class: classNamed(services, project, '1') })
  expect(services.runs.readiness({ project }).problems.join()).toMatch(/one class, "1": a classifier needs two/)
  await expect(services.runs.start({ project, config })).rejects.toMatchObject({ kind: 'data' })
  expect(services.runs.list({ project })).toEqual([])

  // Undo brings the labels back, two steps, and then a run can begin.
  expect(services.labels.undo({ project }).samples).toHaveLength(6)
  expect(services.labels.undo({ project }).samples).toHaveLength(6)
  expect(services.runs.readiness({ project }).ready).toBe(true)
})

test('a class with one sample is warned of and still trains; unsplit data are split by the first run', async () => {
  const folder = await temporaryFolder()
  const services = makeServices(folder)
  const project = await smallProject(services, folder, { perClass: 12, classes: ['0', '1'], split: false })
  const script = '<script>alert(1)</script> ' + 'é'.repeat(60)
  const { id: rare } = services.labels.addClass({ project, name: script })
  services.labels.assign({ project, samples: [...all(services, project)].slice(0, 1), class: rare })
  const { ready, warnings } = services.runs.readiness({ project })
  expect(ready).toBe(true)
  expect(warnings.join('\n')).toMatch(/Nothing is split yet/)
  expect(warnings.join('\n')).toContain(`Class ${JSON.stringify(script)} has only 1 sample`)
  const run = await runToEnd(services, project, await smallRecipe(services, project, { epochs: 1 }))
  expect(run).toMatchObject({ status: 'finished', error: null })
  expect(services.samples.counts({ project }).bySplit).toMatchObject({ none: 0 })
})

test('a learning rate of 1e6: the run failed as diverged, says where, and keeps its last good checkpoint', async () => {
  const folder = await temporaryFolder()
  const services = makeServices(folder)
  const project = await smallProject(services, folder, { perClass: 12 })
  const config = await smallRecipe(services, project, { lr: 1e6, schedule: 'constant', optimizer: 'sgd' })
  const run = await runToEnd(services, project, config)
  expect(run.status).toBe('failed')
  expect(run.error).toMatchObject({ kind: 'diverged' })
  expect(run.error?.message).toMatch(/step \d+/)
  expect(services.runs.checkpoints({ project, run: run.id }).map((one) => one.kind)).toContain('last')
  // The engine did not fall with it.
  expect((await runToEnd(services, project, { ...config, lr: 1e-3, epochs: 1 })).status).toBe('finished')
})

test('two hosts on one project: each sees what the other wrote, and only one trains a run', async () => {
  const folder = await temporaryFolder()
  const one = makeServices(folder)
  const two = makeServices(folder)
  const project = await smallProject(one, folder, { perClass: 12 })
  await two.projects.open({ path: project })
  const [first = 0 as SampleId] = all(one, project)
  one.labels.assign({ project, samples: [first], class: null })
  expect(two.samples.get({ project, id: first }).class).toBeNull()
  two.labels.undo({ project })
  expect(one.samples.get({ project, id: first }).class).not.toBeNull()

  const { id: run } = await one.runs.start({ project, config: await smallRecipe(one, project, { epochs: 2000 }) })
  expect(two.runs.get({ project, run }).status).toMatch(/queued|running/)
  expect(() => two.runs.resume({ project, run })).toThrow(expect.objectContaining({ kind: 'conflict' }))
  await expect(two.runs.pause({ project, run })).rejects.toThrow(/in another Lathe/)
  // Opening it again does not take a run that lives for a crashed one.
  await two.projects.open({ path: project })
  await two.projects.close({ project })
  await two.projects.open({ path: project })
  expect(two.runs.get({ project, run }).status).toMatch(/queued|running/)
  // Labels can be changed while the other trains.
  expect(two.labels.assign({ project, samples: [first], class: null }).changed).toBe(1)
  expect((await one.runs.stop({ project, run })).status).toBe('stopped')
  expect(two.runs.get({ project, run }).status).toBe('stopped')
})

test('a project that another program holds locked is named as such, and opens once it is free', async () => {
  const folder = await temporaryFolder()
  const services = makeServices(folder)
  const project = await smallProject(services, folder, { perClass: 2, classes: ['0', '1'] })
  await services.projects.close({ project })
  const other = new Connection(project, { readOnly: false })
  onTestFinished(() => { other.close() })
  other.pragma('locking_mode = EXCLUSIVE')
  other.exec('BEGIN EXCLUSIVE')
  await expect(services.projects.open({ path: project })).rejects.toMatchObject({ kind: 'locked', message: expect.stringContaining(project) as string })
  other.exec('ROLLBACK')
  other.close()
  expect((await services.projects.open({ path: project })).samples).toBe(4)
})
