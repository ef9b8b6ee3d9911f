// createServices: the use-cases that Electron, the Node host and the command line share.
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Commands } from '../../engine/contract/commands.ts'
import { ActiveService } from './active.ts'
import type { Context } from './context.ts'
import type { EngineChild } from './engine-child.ts'
import { EngineLink } from './engine-link.ts'
import { EventBus } from './events.ts'
import { experiments, type Experiment } from './experiments.ts'
import { Jobs } from './jobs.ts'
import { LabelsService } from './labels.ts'
import { OpenProjects } from './open-projects.ts'
import { PathGuard } from './paths.ts'
import { ProjectsService } from './projects.ts'
import { Recent } from './recent.ts'
import { ResultsService } from './results.ts'
import { RunsService } from './runs.ts'
import { SamplesService } from './samples.ts'
import { Uploads, type UploadLimits } from './uploads.ts'

/** Longest that a closing host waits for a training's last checkpoint. */
const PAUSE_WITHIN_MS = 8_000

export interface ServiceOptions {
  /** Recent list and other state of the app. */
  readonly dataFolder: string
  /** Where new projects go unless told otherwise. */
  readonly projectsFolder: string
  /** Starts an engine process: `() => forkEngine()`, or `utilityEngine(...)` under Electron. */
  readonly startEngine: () => EngineChild
  /** Folders that may be touched; null: whatever the user chooses. */
  readonly roots: readonly string[] | null
  readonly uploadLimits?: Partial<UploadLimits>
}

export interface Services {
  readonly events: EventBus
  readonly engine: EngineLink
  readonly jobs: Jobs
  readonly uploads: Uploads
  readonly projects: ProjectsService
  readonly samples: SamplesService
  readonly labels: LabelsService
  readonly active: ActiveService
  readonly runs: RunsService
  readonly results: ResultsService
  /** Tasks, models, methods, samples, optimizers, schedules and formats that the engine offers. */
  catalog(): Promise<Commands['catalog']['result']>
  /** A guided experiment: small real runs on built-in data. */
  readonly experiment: Experiment
  /** Pauses a running training with a checkpoint, ends the engine, closes the projects. */
  close(): Promise<void>
}

export function createServices(options: ServiceOptions): Services {
  const events = new EventBus()
  const jobs = new Jobs(events)
  const paths = new PathGuard(options.roots)
  const uploads = new Uploads(paths, options.uploadLimits)
  const open = new OpenProjects(paths)
  const engine = new EngineLink(options.startEngine, (status) => { events.emit({ type: 'engine', status }) })
  const recent = new Recent(options.dataFolder)
  let offered: Promise<Commands['catalog']['result']> | null = null
  const catalog = (): Promise<Commands['catalog']['result']> => {
    offered ??= engine.call('catalog', {}).catch((error: unknown) => {
      offered = null
      throw error
    })
    return offered
  }
  const context: Context = { events, engine, jobs, open, paths, uploads, tuningFile: path.join(options.dataFolder, 'tuning.json'), catalog }
  const runs = new RunsService(context)
  let closed: Promise<void> | null = null
  const close = async (): Promise<void> => {
    for (const job of jobs.list()) if (job.kind !== 'train') jobs.cancel(job.id)
    const paused = runs.close()
    // Not every system can ask a process to end in good order, so the pause comes first.
    const patience = new AbortController()
    await Promise.race([paused, sleep(PAUSE_WITHIN_MS, undefined, { signal: patience.signal }).catch(() => undefined)])
    patience.abort()
    await engine.dispose()
    await paused
    await recent.settled()
    await uploads.close()
    open.closeAll()
  }
  return {
    events,
    engine,
    jobs,
    uploads,
    projects: new ProjectsService(context, recent, options.projectsFolder, (project) => runs.busy(project)),
    samples: new SamplesService(context),
    labels: new LabelsService(context),
    active: new ActiveService(context),
    runs,
    results: new ResultsService(context),
    catalog,
    experiment: experiments(context),
    close: () => (closed ??= close()),
  }
}
