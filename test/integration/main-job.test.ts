// The main job on a real engine process: import → split → train → evaluate → explain → export → parity.
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test, vi } from 'vitest'
import { Program, tensor } from '../../engine/compile/program.ts'
import { decode } from '../../engine/data/decode.ts'
import type { ClassId, SampleId } from '../../engine/contract/ids.ts'
import { openSample } from '../../engine/samples/index.ts'
import type { AppEvent } from '../../main/api/contract/events.ts'
import { watchLoopLag } from '../support/loop-lag.ts'
import { makeServices, smallRecipe, temporaryFolder } from './support.ts'

vi.setConfig({ testTimeout: 90_000 })

/** Digits as a folder of classes, with some files that are none. Returns how many good ones there are. */
async function digitsFolder(folder: string, perClass: number, classes: readonly string[]): Promise<number> {
  const counts = new Map(classes.map((name) => [name, 0]))
  for await (const { className, data } of openSample('digits')) {
    const count = className === null ? undefined : counts.get(className)
    if (className === null || count === undefined || count >= perClass || !data) continue
    counts.set(className, count + 1)
    await mkdir(path.join(folder, className), { recursive: true })
    await writeFile(path.join(folder, className, `${count}.png`), data)
  }
  await writeFile(path.join(folder, '0', 'empty.png'), '')
  await writeFile(path.join(folder, '0', 'broken.png'), (await readFile(path.join(folder, '0', '0.png'))).subarray(0, 60))
  await writeFile(path.join(folder, '1', 'text.png'), 'no picture')
  await writeFile(path.join(folder, '1', 'again.png'), await readFile(path.join(folder, '1', '0.png')))
  return perClass * classes.length
}

test('import → split → train → evaluate → explain → export → parity', async () => {
  const folder = await temporaryFolder()
  const services = makeServices(folder)
  const events: AppEvent[] = []
  services.events.subscribe((event) => events.push(event))
  const good = await digitsFolder(path.join(folder, 'digits'), 40, ['0', '1', '2'])
  const { path: project } = await services.projects.create({ path: path.join(folder, 'p.lathe'), task: 'image-classification', name: 'Three digits' })

  const report = await services.samples.import({ project, paths: [path.join(folder, 'digits')], format: 'auto', ratio: null, as: 'copy' })
  expect(report).toMatchObject({ read: good + 4, stored: good, duplicates: 1, labelled: good })
  expect(report.skipped.map((one) => path.basename(one.path)).sort()).toEqual(['broken.png', 'empty.png', 'text.png'])
  expect(services.labels.classes({ project }).map((entry) => [entry.name, entry.samples])).toEqual([['0', 40], ['1', 40], ['2', 40]])
  expect(await services.samples.split({ project, by: 'stratified', ratio: [60, 20, 20], seed: 3 })).toEqual({ train: 72, val: 24, test: 24, leaks: 0 })
  expect(services.runs.readiness({ project })).toEqual({ ready: true, problems: [], warnings: [] })

  const config = await smallRecipe(services, project, { epochs: 15, seed: 1 })
  const { parameters, layers } = await services.runs.summarize({ project, config })
  expect(parameters).toBe(layers.reduce((sum, layer) => sum + layer.parameters, 0))
  const lag = watchLoopLag()
  const started = await services.runs.start({ project, config, name: 'first' })
  const run = await services.runs.finished(project, started.id)
  const { maxMs, maxBusyMs } = lag()
  process.stdout.write(`main process while training: event loop late by ${maxMs.toFixed(0)} ms at most, of which blocked by itself ${maxBusyMs.toFixed(0)} ms\n`)
  expect(run).toMatchObject({ status: 'finished', name: 'first', parameters, epoch: 15, error: null })
  expect(run.weightsHash).toMatch(/^[0-9a-f]{64}$/)

  // What was told is in the file, and what was told last is that it ended.
  const told = events.flatMap((event) => (event.type === 'train' && event.event.type === 'metrics' ? event.event.points : []))
  const byPlace = (a: { readonly step: number; readonly name: string }, b: typeof a): number => a.step - b.step || (a.name < b.name ? -1 : 1)
  expect(services.runs.metrics({ project, run: run.id, after: -1 })).toEqual(told.toSorted(byPlace))
  expect(events.filter((event) => event.type === 'train').at(-1)).toMatchObject({ event: { type: 'ended', status: 'finished' } })
  expect(services.runs.best(project)?.id).toBe(run.id)

  const evaluation = await services.results.evaluate({ project, run: run.id, checkpoint: 'best', split: 'test' })
  expect(evaluation.samples).toBe(24)
  expect(evaluation.metrics['test/accuracy']).toBeGreaterThan(0.9)
  const interval = evaluation.intervals['test/accuracy']
  expect(interval?.low).toBeLessThanOrEqual(evaluation.metrics['test/accuracy'] ?? NaN)
  expect(evaluation.confusion.flat().reduce((a, b) => a + b, 0)).toBe(24)
  expect(services.results.latest({ project, run: run.id, split: 'test' })).toMatchObject(evaluation)
  const wrong = services.samples.list({ project, filter: { run: run.id, wrong: true }, order: 'loss', descending: true, offset: 0, limit: 100 })
  expect(wrong.total).toBe(24 - evaluation.confusion.reduce((sum, row, i) => sum + (row[i] ?? 0), 0))

  const [sample] = services.samples.ids({ project, filter: { split: 'test' }, order: 'id', descending: false }) as SampleId[]
  if (sample === undefined) throw new Error('no test sample')
  const explained = await services.results.explain({ project, run: run.id, sample, method: 'integrated-gradients', target: null, options: {} })
  expect(explained.map).toBeInstanceOf(Float32Array)
  expect(explained.map).toHaveLength(explained.height * explained.width)
  expect(explained.completenessGap).toBeLessThan(0.05)
  expect(explained.id).not.toBeNull()
  expect((await services.results.explain({ project, run: run.id, sample, method: 'grad-cam', target: 1, options: {} })).target).toMatchObject({ index: 1, class: '1' })

  const out = path.join(folder, 'model.onnx')
  const exported = await services.results.export({ project, run: run.id, checkpoint: 'best', out, opset: 18, precision: 'fp32' })
  expect(exported.parity).toMatchObject({ samples: 50, batches: [1, 2, 7] })
  expect(exported.parity.maxAbsDiff).toBeLessThanOrEqual(1e-5)
  expect(exported.metrics).toMatchObject(evaluation.metrics)
  expect(services.results.exports({ project })).toMatchObject([{ path: out, sha256: exported.sha256 }])
  expect((await services.results.inspect({ path: out })).metadata).toMatchObject({ task: 'image-classification', classes: '["0","1","2"]', weights_hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string })

  // The file by itself, on files from the disk, against the app's own predictions.
  const files = ['0/3.png', '1/7.png', '2/9.png'].map((name) => path.join(folder, 'digits', name))
  const { predictions, skipped } = await services.results.predict({ project, run: run.id, checkpoint: 'best', paths: [...files, path.join(folder, 'digits', '1', 'text.png'), path.join(folder, 'nothing.png')] })
  expect(skipped).toHaveLength(2)
  await using program = await Program.load('model', await readFile(out))
  for (const [i, file] of files.entries()) {
    const { data, height, width, channels } = await decode(await readFile(file))
    const { probabilities } = await program.run({ image: tensor('uint8', data, [1, height, width, channels]) })
    const own = Object.fromEntries(((predictions[i]?.outputs ?? []) as readonly { class: string; probability: number }[]).map((output) => [output.class, output.probability]))
    expect(predictions[i]?.input).toBe(file)
    for (const [c, name] of ['0', '1', '2'].entries()) expect(Math.abs((own[name] ?? NaN) - Number(probabilities?.data[c]))).toBeLessThanOrEqual(1e-5)
  }
  expect(services.jobs.list()).toEqual([])
})

test('an import is one unit: undo takes it back whole, and one that is cancelled leaves nothing', async () => {
  const folder = await temporaryFolder()
  const services = makeServices(folder)
  await digitsFolder(path.join(folder, 'digits'), 100, ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
  const { path: project } = await services.projects.create({ path: path.join(folder, 'p.lathe'), task: 'image-classification' })
  const cancel = new AbortController()
  const all = { project, paths: [path.join(folder, 'digits')], format: 'auto', ratio: [70, 15, 15] as [number, number, number], as: 'copy' as const }
  await expect(services.samples.import(all, { signal: cancel.signal, onProgress: ({ done }) => { if (done > 0) cancel.abort() } })).rejects.toMatchObject({ kind: 'cancelled' })
  expect(services.samples.counts({ project })).toMatchObject({ total: 0, byClass: [] })
  expect(services.samples.imports({ project })).toEqual([])

  const report = await services.samples.import(all)
  expect(report.stored).toBe(1000)
  expect(services.samples.counts({ project }).bySplit).toEqual({ train: 700, val: 150, test: 150, none: 0 })
  if (report.import === null) throw new Error('no import')
  const [kept] = services.samples.ids({ project, filter: {}, order: 'id', descending: false }) as SampleId[]
  services.labels.assign({ project, samples: kept === undefined ? [] : [kept], class: services.labels.classes({ project })[3]?.id ?? (0 as ClassId) })
  expect(await services.samples.undoImport({ project, id: report.import })).toEqual({ removed: 1000 })
  expect(services.samples.counts({ project })).toMatchObject({ total: 0, byClass: [] })
  expect(services.samples.imports({ project })).toMatchObject([{ undone: true }])
  expect((await services.samples.import(all)).stored).toBe(1000)
})

test('an import whose engine dies leaves nothing, and the next one reads everything', async () => {
  const folder = await temporaryFolder()
  const services = makeServices(folder)
  await digitsFolder(path.join(folder, 'digits'), 100, ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
  const { path: project } = await services.projects.create({ path: path.join(folder, 'p.lathe'), task: 'image-classification' })
  const all = { project, paths: [path.join(folder, 'digits')], format: 'auto', ratio: null, as: 'copy' as const }
  let killed = false
  const onProgress = (): void => {
    if (killed || services.samples.counts({ project }).total === 0) return
    killed = true
    process.kill(services.engine.status.pid ?? 0, 'SIGKILL')
  }
  await expect(services.samples.import(all, { onProgress })).rejects.toMatchObject({ kind: 'engine' })
  expect(killed).toBe(true)
  expect(services.samples.counts({ project })).toMatchObject({ total: 0, byClass: [] })
  expect(services.samples.imports({ project })).toEqual([])
  expect(await services.samples.import(all)).toMatchObject({ stored: 1000, duplicates: 1 })
  expect(services.samples.counts({ project }).total).toBe(1000)
})

test('a sample that is cancelled leaves no file', async () => {
  const folder = await temporaryFolder()
  const services = makeServices(folder)
  const cancel = new AbortController()
  await expect(services.projects.fromSample({ id: 'shapes-segmentation', path: path.join(folder, 'd.lathe'), task: null }, { signal: cancel.signal, onProgress: () => { cancel.abort() } })).rejects.toMatchObject({ kind: 'cancelled' })
  expect((await readdir(folder)).filter((name) => name.startsWith('d.lathe'))).toEqual([])
})
