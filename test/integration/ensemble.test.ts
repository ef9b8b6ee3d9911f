// Ensembles through the services: runs combined, evaluated, predicted, explained and exported as one file, with shallow models beside them.
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test, vi } from 'vitest'
import { openProject } from '../../db/project.ts'
import type { RunId } from '../../engine/contract/ids.ts'
import type { Outputs } from '../../engine/contract/commands.ts'
import { makeServices, runToEnd, smallProject, smallRecipe, temporaryFolder } from './support.ts'

vi.setConfig({ testTimeout: 120_000 })
const shares = (outputs: Outputs): Record<string, number> => Object.fromEntries((outputs as { class: string; probability: number }[]).map((one) => [one.class, one.probability]))

test('two networks as one: the mean of their probabilities, in the app and in the file', async () => {
  const folder = await temporaryFolder()
  const services = makeServices(folder)
  const project = await smallProject(services, folder, { perClass: 16, classes: ['0', '1'] })
  const config = await smallRecipe(services, project, { epochs: 2 })
  const cnn = await runToEnd(services, project, config)
  const mlp = await runToEnd(services, project, { ...config, model: 'mlp', modelOptions: {}, seed: 3 })
  const made = services.runs.combine({ project, runs: [cnn.id, mlp.id], name: 'both' })
  const both = await services.runs.finished(project, made.id)
  expect(both).toMatchObject({ status: 'finished', name: 'both', error: null, parameters: (cnn.parameters ?? 0) + (mlp.parameters ?? 0), config: { ensemble: { by: 'runs', count: 2, members: [{ run: cnn.id, model: 'cnn' }, { run: mlp.id, model: 'mlp' }] } } })
  expect(both.metrics['best/val/accuracy']).toBeGreaterThanOrEqual(0)

  const evaluation = await services.results.evaluate({ project, run: both.id, checkpoint: 'best', split: 'test' })
  expect(evaluation.samples).toBeGreaterThan(0)
  const picture = path.join(folder, 'digit.png')
  const { rows: [sample] } = services.samples.list({ project, filter: { split: 'test' }, order: 'id', descending: false, offset: 0, limit: 1 })
  using file = openProject(project, { verify: false })
  await writeFile(picture, file.samples.data(sample!.id).data!)
  const told = async (run: RunId) => shares((await services.results.predict({ project, run, checkpoint: 'best', paths: [picture] })).predictions[0]!.outputs)
  const [one, other, mean] = [await told(cnn.id), await told(mlp.id), await told(both.id)]
  for (const name of ['0', '1']) expect(mean[name]).toBeCloseTo((one[name]! + other[name]!) / 2, 5)

  const map = await services.results.explain({ project, run: both.id, sample: sample!.id, method: 'integrated-gradients', target: null, options: {} })
  expect(map.completenessGap).toBeLessThan(0.1)
  expect(map.map.some((v) => v !== 0)).toBe(true)

  const exported = await services.results.export({ project, run: both.id, checkpoint: 'best', out: path.join(folder, 'both.onnx'), opset: 18, precision: 'fp32' })
  expect(exported.parity.maxAbsDiff).toBeLessThanOrEqual(1e-5)
  const { metadata } = await services.results.inspect({ path: exported.path })
  expect(metadata['model']).toBe('ensemble of 2 (cnn, mlp)')
  expect(JSON.parse(metadata['members']!)).toMatchObject([{ model: 'cnn', weights_hash: expect.stringMatching(/^[0-9a-f]{64}$/) }, { model: 'mlp', seed: 3 }])

  // What cannot be is refused in one line.
  expect(() => services.runs.combine({ project, runs: [cnn.id, both.id] })).toThrow('is an ensemble itself')
  expect(() => services.runs.combine({ project, runs: [cnn.id, cnn.id] })).toThrow('at least two different runs')
  expect(() => services.runs.extend({ project, run: both.id, epochs: 1 })).toThrow('is an ensemble')
  const narrow = await runToEnd(services, project, { ...config, epochs: 1, input: { ...config.input, height: 12, width: 12 } as typeof config.input })
  expect(() => services.runs.combine({ project, runs: [cnn.id, narrow.id] })).toThrow('reads its input in another way')

  // Shallow models beside the ensemble, kept with the project.
  const report = await services.results.baseline({ project, run: both.id, split: 'test' })
  expect(report.deep?.run).toBe(both.id)
  expect(services.results.latestBaseline({ project, run: both.id, split: 'test' })).toMatchObject({ verdict: report.verdict, models: report.models })
  // Another run on the same data sees the same models, but no verdict of its own.
  expect(services.results.latestBaseline({ project, run: cnn.id, split: 'test' })?.deep?.run).toBe(both.id)
  expect(services.results.latestBaseline({ project, run: cnn.id, split: 'val' })).toBeNull()
})
