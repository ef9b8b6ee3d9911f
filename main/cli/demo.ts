// `npm run demo [-- FOLDER]`: the main job without a window: sample digits → train → evaluate → explain → export → parity; leaves all of it in demo/.
import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { LatheError } from '../../engine/contract/errors.ts'
import type { SampleId } from '../../engine/contract/ids.ts'
import { explanationPng } from '../../engine/explain/render.ts'
import { rootFolder } from '../paths.ts'
import { Cli } from './cli.ts'
import { curvesSvg } from './curves-svg.ts'
import { metricText, Output, secondsText } from './output.ts'
import { report, type DemoResult } from './report.ts'
import { TrainView } from './train-view.ts'

const METHODS = ['integrated-gradients', 'grad-cam']

async function demo(folder: string, cli: Cli): Promise<void> {
  const began = performance.now()
  const services = await cli.services()
  const { path: project, samples } = await cli.long('sample digits', (long) => services.projects.fromSample({ id: 'digits', path: path.join(folder, 'digits.lathe'), task: null }, long))
  const split = await services.samples.split({ project, by: 'stratified', ratio: [70, 15, 15], seed: 1 })
  cli.print(`${samples} samples: train ${split.train}, val ${split.val}, test ${split.test}`)

  const config = await services.runs.recipe({ project, model: null })
  const size = await services.runs.summarize({ project, config })
  cli.print(`${config.model} of ${size.parameters.toLocaleString('en')} parameters, ${config.epochs} epochs`)
  const { id } = await services.runs.start({ project, config, name: 'demo', from: undefined })
  const view = new TrainView(cli.out, id, config.epochs)
  const unsubscribe = services.events.subscribe((event) => { if (event.type === 'train') view.show(event.event) })
  const pause = (): void => { services.runs.pause({ project, run: id }).catch(() => undefined) }
  cli.signal.addEventListener('abort', pause, { once: true })
  if (cli.signal.aborted) pause()
  const run = await services.runs.finished(project, id)
  unsubscribe()
  view.end()
  if (run.status !== 'finished') throw new LatheError(run.error?.kind ?? 'cancelled', `run ${run.status}: ${run.error?.message ?? 'it was interrupted'}`)
  cli.print(`trained in ${secondsText(run.seconds)}, weights ${run.weightsHash ?? ''}`)
  await writeFile(path.join(folder, 'curves.svg'), await curvesSvg(services.runs.metrics({ project, run: id, after: -1 })))

  const one = { project, run: id, checkpoint: 'best' } as const
  const evaluation = await cli.long('evaluate', (long) => services.results.evaluate({ ...one, split: 'test' }, long))
  cli.print(`test accuracy ${metricText(evaluation.metrics['test/accuracy'] ?? NaN)} on ${evaluation.samples} samples`)

  const [first] = services.samples.ids({ project, filter: { split: 'test', run: id, wrong: false }, order: 'confidence', descending: true })
  const sample = first as SampleId
  const explanations: DemoResult['explanations'][number][] = []
  for (const method of METHODS) {
    const explanation = await cli.long(`explain by ${method}`, (long) => services.results.explain({ project, run: id, sample, method, target: null, options: {} }, long))
    const file = `explanation-${method}.png`
    await writeFile(path.join(folder, file), await explanationPng((await services.samples.bytes(project, sample)).bytes, explanation))
    cli.print(`explained sample ${sample} (${explanation.target.class}) by ${method}: trust ${explanation.trust.verdict}`)
    explanations.push({ file, explanation })
  }

  const exported = await cli.long('export', (long) => services.results.export({ ...one, out: path.join(folder, 'digits.onnx'), opset: 18, precision: 'fp32' }, long))
  const { parity } = exported
  cli.print(`exported digits.onnx, SHA-256 ${exported.sha256}`, `parity: largest difference ${parity.maxAbsDiff.toExponential(1)} (at most ${parity.tolerance.toExponential(0)}) on ${parity.samples} samples, batches of ${parity.batches.join(', ')}`)

  const { licence } = services.projects.info({ project })
  const seconds = (performance.now() - began) / 1000
  await writeFile(path.join(folder, 'report.md'), report({ run, size, split, evaluation, sample, explanations, exported, licence, versions: services.engine.status.versions, seconds }))
  await cli.close()
  cli.print(`all of it is in ${folder} (${(await readdir(folder)).toSorted().join(', ')}); ${secondsText(seconds)}`)
}

/** An older demo stays until the new one is whole. @throws LatheError conflict for a folder that is no demo. */
async function replacing(folder: string, make: () => Promise<void>): Promise<void> {
  const older = `${folder}.older-${process.pid}`
  const there = existsSync(folder)
  if (there) {
    const files = await readdir(folder)
    if (files.length > 0 && !files.includes('digits.lathe')) throw new LatheError('conflict', `${folder} holds other things than a demo: name another folder, or remove it first`, { path: folder })
    await rename(folder, older)
  }
  try {
    await mkdir(folder, { recursive: true })
    await make()
    await rm(older, { recursive: true, force: true })
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    if (there) await rename(older, folder)
    throw error
  }
}

const cli = new Cli(new Output(false))
const folder = path.resolve(process.argv[2] ?? path.join(rootFolder, 'demo'))
try {
  await replacing(folder, async () => {
    try {
      await demo(folder, cli)
    } finally {
      await cli.close()
    }
  })
} catch (error) {
  cli.out.error(error)
  process.exitCode = 1
}
process.exit()
