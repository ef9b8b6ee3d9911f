// trainRun: a run's row and dataset version → the training loop, with every metric and checkpoint written before it is told.
import type { Project } from '../../db/project.ts'
import type { RunRecord } from '../../db/contract/records.ts'
import type { TrainResult } from '../contract/commands.ts'
import { LatheError, serializeError } from '../contract/errors.ts'
import type { TrainEvent } from '../contract/events.ts'
import { train } from '../train/loop.ts'
import { withRun, type CheckpointInfo, type LoopEvent, type TrainOptions, type TrainState } from '../train/types.ts'
import type { CommandContext } from './command.ts'
import { loadSet } from './load-set.ts'
import { TuningFile } from './tuning-file.ts'

/** @throws LatheError conflict when another process is at it. */
export function claim(project: Project, id: RunRecord['id']): RunRecord {
  return project.transaction(() => {
    const { status, name } = project.runs.get(id)
    if (status === 'running') throw new LatheError('conflict', `run ${id} (${name}) is running in another process: pause it there first`, { run: id })
    return project.runs.update(id, { status: 'running' })
  })
}

/** `tuning`: path of the file that remembers which layout is fastest here. */
export async function trainRun(project: Project, run: RunRecord, context: CommandContext<'train'>, tuning: string | undefined): Promise<TrainResult> {
  const journal = new Journal(project, run, context.emit)
  try {
    const options = await optionsOf(project, run, journal, context).catch((error: unknown) => {
      if (error instanceof BeforeBegin) return error
      throw error
    })
    if (options instanceof BeforeBegin) {
      const { epoch, step, metrics, weightsHash, seconds } = journal.leave(options.status)
      return { run: run.id, status: options.status, epochs: Math.floor(epoch), steps: step, seconds, metrics, weightsHash: weightsHash ?? '' }
    }
    const outcome = await train(tuning === undefined ? options : { ...options, tuning: new TuningFile(tuning) })
    const ended = journal.end({ status: outcome.status, weightsHash: outcome.weightsHash, epoch: outcome.epochs, step: outcome.steps })
    return { run: run.id, status: outcome.status, epochs: outcome.epochs, steps: outcome.steps, seconds: ended.seconds, metrics: ended.metrics, weightsHash: outcome.weightsHash }
  } catch (error) {
    journal.fail(error)
    throw error
  }
}

/** A pause or stop that came while the data were read: the run stands where it stood. */
class BeforeBegin extends Error {
  readonly status: 'paused' | 'stopped'

  constructor(status: 'paused' | 'stopped') {
    super(`${status} before it began`)
    this.status = status
  }
}

async function optionsOf(project: Project, run: RunRecord, journal: Journal, context: CommandContext<'train'>): Promise<TrainOptions> {
  const { config } = run
  const version = project.datasets.get(run.dataset)
  const manifest = [...project.datasets.manifest(run.dataset), ...project.suggestions.adopted(run.id)]
  const last = project.checkpoints.find(run.id, 'last')
  project.metrics.truncate(run.id, last?.step ?? -1)
  const ending = new AbortController()
  const signal = AbortSignal.any([context.signal, ending.signal])
  const onProgress = (): void => {
    const { requested } = context.control
    if (requested === 'pause' || requested === 'stop') ending.abort(new BeforeBegin(requested === 'pause' ? 'paused' : 'stopped'))
  }
  const load = (split: 'train' | 'val'): ReturnType<typeof loadSet> => loadSet(project, manifest, split, { config, version, purpose: split === 'train' ? 'train' : 'validate', signal, onProgress })
  const val = manifest.some((entry) => entry.split === 'val') ? await load('val') : null
  return {
    config,
    classes: version.classes.map((entry) => entry.name),
    train: await load('train'),
    val,
    resume: last && project.checkpoints.load(last.id),
    from: run.parent !== null && !last ? project.checkpoints.load(run.parent) : null,
    signals: { control: () => context.control.requested ?? 'run' },
    emit: (event) => { journal.tell(event) },
    save: (kind, state, info) => { journal.save(kind, state, info) },
    snapshot: (number, state, info) => { project.snapshots.save({ run: run.id, number, ...info }, state) },
  }
}

/** Writes what the loop says, then passes it on: what the window has seen is in the file. */
export class Journal {
  readonly #project: Project
  readonly #run: RunRecord
  readonly #emit: (event: TrainEvent) => void
  readonly #began = performance.now()

  constructor(project: Project, run: RunRecord, emit: (event: TrainEvent) => void) {
    this.#project = project
    this.#run = run
    this.#emit = emit
  }

  /** The loop's `ended` is told by `end` and `fail`, once the row says it. */
  tell(event: LoopEvent): void {
    if (event.type === 'ended') return
    if (event.type === 'started') this.#project.runs.update(this.#run.id, { parameters: event.parameters })
    if (event.type === 'metrics') this.#project.metrics.append(this.#run.id, event.points)
    this.#emit(withRun(event, this.#run.id))
  }

  save(kind: 'last' | 'best', state: TrainState, { epoch, step, metrics, weightsHash }: CheckpointInfo): void {
    const own = Object.fromEntries(Object.entries(metrics).filter(([name]) => !name.startsWith('best/')))
    const { id } = this.#project.transaction(() => {
      this.#project.runs.update(this.#run.id, { seconds: this.#seconds(), ...(kind === 'last' && { weightsHash }) })
      return this.#project.checkpoints.save(this.#run.id, { kind, epoch, step, metrics: own, weightsHash }, state)
    })
    this.#emit({ type: 'checkpoint', run: this.#run.id, checkpoint: id, kind, epoch, step })
  }

  end(change: { readonly status: RunRecord['status']; readonly weightsHash: string; readonly epoch: number; readonly step: number }): RunRecord {
    const run = this.#project.runs.update(this.#run.id, { ...change, seconds: this.#seconds(), error: null })
    this.#emit({ type: 'ended', run: run.id, status: change.status })
    return run
  }

  /** Ends a run that did nothing in this session. */
  leave(status: 'paused' | 'stopped'): RunRecord {
    const run = this.#project.runs.update(this.#run.id, { status, error: null })
    this.#emit({ type: 'ended', run: run.id, status })
    return run
  }

  /** Cancelled before the loop began, or failed: the row keeps the reason, the checkpoints stay. */
  fail(error: unknown): void {
    const told = serializeError(error)
    const status = told.kind === 'cancelled' ? 'stopped' : 'failed'
    try {
      this.#project.runs.update(this.#run.id, { status, error: status === 'failed' ? told : null, seconds: this.#seconds() })
    } catch {
      // The first error says why, and whoever called marks the run.
      return
    }
    this.#emit({ type: 'ended', run: this.#run.id, status, error: told })
  }

  #seconds(): number {
    return this.#run.seconds + (performance.now() - this.#began) / 1000
  }
}
