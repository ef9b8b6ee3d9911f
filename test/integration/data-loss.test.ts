// What must not be lost: a project that is named as the place to write to, one whose file went, samples of a run, what a run begins from.
import { readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test, vi } from 'vitest'
import type { SampleId } from '../../engine/contract/ids.ts'
import { makeServices, nextEvent, runToEnd, smallProject, smallRecipe, temporaryFolder } from './support.ts'

vi.setConfig({ testTimeout: 90_000 })

test('nothing is written over a project, whatever its name', async () => {
  const folder = await temporaryFolder()
  const services = makeServices(folder)
  const project = await smallProject(services, folder, { perClass: 6, classes: ['0', '1'] })
  const { path: other } = await services.projects.create({ path: path.join(folder, 'other.onnx'), task: 'image-classification' })
  await services.projects.close({ project: other })
  const { id: run } = await runToEnd(services, project, await smallRecipe(services, project, { epochs: 1 }))
  const before = await readFile(other)
  for (const out of [project, other]) {
    await expect(services.labels.exportCsv({ project, out })).rejects.toMatchObject({ kind: 'conflict', message: expect.stringContaining(out) as string })
    await expect(services.results.export({ project, run, checkpoint: 'best', out, opset: 18, precision: 'fp32' })).rejects.toMatchObject({ kind: 'conflict' })
  }
  expect(await readFile(other)).toEqual(before)
  expect(services.projects.info({ project }).samples).toBe(12)
  expect(services.projects.check({ path: project })).toEqual({ ok: true, problems: [] })
  // What is no project is replaced as ever.
  const out = path.join(folder, 'labels.csv')
  await writeFile(out, 'old')
  expect(await services.labels.exportCsv({ project, out })).toMatchObject({ written: 12 })
})

test('a project whose file was deleted or replaced while it was open is not taken for the old one', async () => {
  const folder = await temporaryFolder()
  const services = makeServices(folder)
  const project = await smallProject(services, folder, { perClass: 2, classes: ['0', '1'] })
  const remove = async (): Promise<void> => { for (const suffix of ['', '-wal', '-shm']) await rm(project + suffix, { force: true }) }
  await remove()
  await expect(services.projects.open({ path: project })).rejects.toMatchObject({ kind: 'not-found' })
  expect(() => services.samples.counts({ project })).toThrow(/open it first/)

  await smallProject(services, folder, { perClass: 3, classes: ['0', '1'] })
  await remove()
  expect(await services.projects.create({ path: project, task: 'image-classification', name: 'new' })).toMatchObject({ name: 'new', samples: 0 })
  services.labels.addClass({ project, name: 'kept' })
  await services.projects.close({ project })
  expect(await services.projects.open({ path: project })).toMatchObject({ name: 'new', classes: 1 })
})

test('a paused run goes on to the same weights after its import was undone, its classes renamed and removed; its evaluation too', async () => {
  const folder = await temporaryFolder()
  const services = makeServices(folder)
  const project = await smallProject(services, folder, { perClass: 16, classes: ['0', '1', '2'] })
  const config = await smallRecipe(services, project, { epochs: 8 })
  const whole = await runToEnd(services, project, config)
  const { id: run } = await services.runs.start({ project, config })
  await nextEvent(services, (event) => event.type === 'train' && event.event.type === 'checkpoint' && event.event.step > 0)
  const paused = await services.runs.pause({ project, run })
  expect(paused.status).toBe('paused')

  const [first, second] = services.labels.classes({ project })
  if (!first || !second) throw new Error('no classes')
  services.labels.renameClass({ project, id: first.id, name: 'zero' })
  const ids = services.samples.ids({ project, filter: { class: second.id }, order: 'id', descending: false }) as SampleId[]
  services.labels.assign({ project, samples: ids, class: first.id })
  services.labels.removeClass({ project, id: second.id })
  const [source] = services.samples.imports({ project })
  if (!source) throw new Error('no import')
  expect(await services.samples.undoImport({ project, id: source.id })).toEqual({ removed: 48 })

  services.runs.resume({ project, run })
  expect(await services.runs.finished(project, run)).toMatchObject({ status: 'finished', weightsHash: whole.weightsHash })
  const evaluation = await services.results.evaluate({ project, run, checkpoint: 'best', split: 'train' })
  expect(evaluation.classes.map((entry) => entry.name)).toEqual(['0', '1', '2'])
  expect((await services.results.export({ project, run, checkpoint: 'best', out: path.join(folder, 'm.onnx'), opset: 18, precision: 'fp32' })).parity.maxAbsDiff).toBeLessThanOrEqual(1e-5)
  expect(services.projects.check({ path: project })).toEqual({ ok: true, problems: [] })
})

test('export, evaluation and explanation of a run that trains use its checkpoint and disturb neither', async () => {
  const folder = await temporaryFolder()
  const services = makeServices(folder)
  const project = await smallProject(services, folder, { perClass: 16, classes: ['0', '1'] })
  const config = await smallRecipe(services, project, { epochs: 30 })
  const whole = await runToEnd(services, project, config)
  const { id: run } = await services.runs.start({ project, config })
  await nextEvent(services, (event) => event.type === 'train' && event.event.type === 'checkpoint' && event.event.kind === 'best')
  const [sample = 0 as SampleId] = services.samples.ids({ project, filter: {}, order: 'id', descending: false }) as SampleId[]
  const [exported] = await Promise.all([
    services.results.export({ project, run, checkpoint: 'best', out: path.join(folder, 'm.onnx'), opset: 18, precision: 'fp32' }),
    services.results.evaluate({ project, run, checkpoint: 'last', split: 'train' }),
    services.results.explain({ project, run, sample, method: 'grad-cam', target: null, options: {} }),
  ])
  expect(exported.parity.maxAbsDiff).toBeLessThanOrEqual(1e-5)
  expect(await services.runs.finished(project, run)).toMatchObject({ status: 'finished', weightsHash: whole.weightsHash })
})

test('a run that stopped early goes on when it is extended, by however many epochs', async () => {
  const folder = await temporaryFolder()
  const services = makeServices(folder)
  const project = await smallProject(services, folder, { perClass: 12, classes: ['0', '1'] })
  const config = await smallRecipe(services, project, { epochs: 12, lr: 1e-6, schedule: 'constant', earlyStopping: { monitor: 'val/loss', patience: 2, minDelta: 1 } })
  const early = await runToEnd(services, project, config)
  expect(early).toMatchObject({ status: 'finished', epoch: 3 })
  services.runs.extend({ project, run: early.id, epochs: 1 })
  expect(await services.runs.finished(project, early.id)).toMatchObject({ status: 'finished', epoch: 4, config: { epochs: 4 } })
  const other = await runToEnd(services, project, config)
  // As many as were planned: the recipe is then the one of the checkpoint.
  services.runs.extend({ project, run: other.id, epochs: 9 })
  expect((await services.runs.finished(project, other.id)).epoch).toBeGreaterThan(3)
  expect(() => services.runs.extend({ project, run: other.id, epochs: 100_000 })).toThrow('at most 100,000')
})

test('a run that others have yet to begin from is not removed', async () => {
  const folder = await temporaryFolder()
  const services = makeServices(folder)
  const project = await smallProject(services, folder, { perClass: 6, classes: ['0', '1'] })
  const config = await smallRecipe(services, project, { epochs: 1 })
  const parent = await runToEnd(services, project, config)
  const long = await services.runs.start({ project, config: { ...config, epochs: 5000 } })
  const [checkpoint] = services.runs.checkpoints({ project, run: parent.id })
  if (!checkpoint) throw new Error('no checkpoint')
  const child = await services.runs.start({ project, config, from: checkpoint.id })
  expect(() => services.runs.remove({ project, run: parent.id })).toThrow(expect.objectContaining({ kind: 'conflict', message: expect.stringContaining(`run ${child.id} `) as string }))
  await services.runs.stop({ project, run: long.id })
  expect(await services.runs.finished(project, child.id)).toMatchObject({ status: 'finished' })
  expect(services.runs.remove({ project, run: parent.id })).toEqual({ ok: true })
  services.runs.extend({ project, run: child.id, epochs: 1 })
  expect(await services.runs.finished(project, child.id)).toMatchObject({ status: 'finished', epoch: 2 })
})
