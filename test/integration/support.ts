// What the integration tests share: services over a real engine process in a folder of their own, and small data.
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import type { RunRecord } from '../../db/contract/records.ts'
import { openProject } from '../../db/project.ts'
import type { ImportId } from '../../engine/contract/ids.ts'
import type { TrainConfig } from '../../engine/contract/recipe.ts'
import { openSample } from '../../engine/samples/index.ts'
import type { NewSample } from '../../db/contract/records.ts'
import type { AppEvent } from '../../main/api/contract/events.ts'
import { forkEngine } from '../../main/services/engine-child.ts'
import { createServices, type Services } from '../../main/services/index.ts'

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'lathe-test-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

export function makeServices(folder: string, roots: readonly string[] | null = null): Services {
  const services = createServices({ dataFolder: path.join(folder, 'data'), projectsFolder: path.join(folder, 'projects'), startEngine: () => forkEngine(), roots })
  onTestFinished(() => services.close())
  return services
}

/** The first `perClass` digits of each of the classes, as they come. */
async function digits(perClass: number, classes: readonly string[], split: boolean): Promise<NewSample[]> {
  const taken = new Map(classes.map((name) => [name, 0]))
  const found: NewSample[] = []
  for await (const sample of openSample('digits')) {
    const count = sample.className === null ? undefined : taken.get(sample.className)
    if (sample.className === null || count === undefined || count >= perClass) continue
    taken.set(sample.className, count + 1)
    found.push(split ? sample : { ...sample, split: null })
    if (found.length === perClass * classes.length) break
  }
  return found
}

export interface SmallProject {
  readonly perClass?: number
  readonly classes?: readonly string[]
  /** Keep the built-in split (default). */
  readonly split?: boolean
}

/** A project on a few digits, open in `services`. */
export async function smallProject(services: Services, folder: string, { perClass = 24, classes = ['0', '1', '2', '3'], split = true }: SmallProject = {}): Promise<string> {
  const { path: file } = await services.projects.create({ path: path.join(folder, 'small.lathe'), task: 'image-classification' })
  const samples = await digits(perClass, classes, split)
  using project = openProject(file, { verify: false })
  const id: ImportId = project.imports.begin('a few digits')
  project.samples.insertMany(samples, id)
  project.imports.finish(id, { import: id, read: samples.length, stored: samples.length, skipped: [], labelled: samples.length, duplicates: 0, seconds: 0 })
  return file
}

/** A recipe whose epochs are short but not instant, with every source of randomness in use. */
export async function smallRecipe(services: Services, project: string, change: Partial<TrainConfig> = {}): Promise<TrainConfig> {
  const recipe = await services.runs.recipe({ project, model: 'cnn' })
  return { ...recipe, modelOptions: { filters: [8] }, batch: 8, epochs: 4, seed: 7, ...change }
}

/** Resolves with the first event that fits. */
export function nextEvent(services: Services, fits: (event: AppEvent) => boolean): Promise<AppEvent> {
  return new Promise((resolve) => {
    const end = services.events.subscribe((event) => {
      if (!fits(event)) return
      end()
      resolve(event)
    })
  })
}

/** Starts a run and waits for its end, whatever it is. */
export async function runToEnd(services: Services, project: string, config: TrainConfig): Promise<RunRecord> {
  const run = await services.runs.start({ project, config })
  return services.runs.finished(project, run.id)
}
