// Projects for tests: temporary folders that go after the test, samples, a run's configuration.
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { NewSample } from '../../db/contract/records.ts'
import { createProject, type Project } from '../../db/project.ts'
import type { ImportReport } from '../../engine/contract/commands.ts'
import type { SampleId } from '../../engine/contract/ids.ts'
import { trainDefaults, type TrainConfig } from '../../engine/contract/recipe.ts'

export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lathe-test-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  return folder
}

/** An empty project in a temporary folder, closed after the test. */
export function tempProject(name = 'p.lathe'): Project {
  const project = createProject(join(tempFolder(), name), { task: 'image-classification' })
  onTestFinished(() => {
    project.close()
  })
  return project
}

export function newSample(index: number, more: Partial<NewSample> = {}): NewSample {
  const data = more.data ?? Buffer.from(`bytes of sample ${index}`)
  return { name: `sample ${index}.png`, sha256: createHash('sha256').update(data).digest('hex'), ref: null, bytes: data.byteLength, mime: 'image/png', width: 8, height: 8, channels: 1, split: null, className: null, ...more, data: more.ref ? null : data }
}

/** One finished import of `count` samples made by `sample`. */
export function fill(project: Project, count: number, sample: (index: number) => Partial<NewSample> = () => ({})): SampleId[] {
  const id = project.imports.begin('test')
  const ids = project.samples.insertMany(Array.from({ length: count }, (_, index) => newSample(index, sample(index))), id)
  project.imports.finish(id, report(count))
  return ids
}

export function report(stored: number): ImportReport {
  return { import: null, read: stored, stored, skipped: [], labelled: 0, duplicates: 0, seconds: 0.1 }
}

export const config: TrainConfig = {
  task: 'image-classification',
  model: 'mlp',
  modelOptions: {},
  input: { kind: 'image', height: 8, width: 8, channels: 1, mean: [0.5], std: [0.5] },
  epochs: 2,
  batch: 16,
  optimizer: 'adam',
  lr: 0.001,
  schedule: 'constant',
  momentum: 0.9,
  weightDecay: 0,
  labelSmoothing: 0,
  dropout: 0,
  initializer: 'he',
  seed: 1,
  augment: null,
  earlyStopping: null,
  ...trainDefaults,
}
