// TrainQueue: sends runs to the engine one after the other, and keeps their rows true when the engine ends badly.
import type { RunRecord } from '../../db/contract/records.ts'
import type { Project } from '../../db/project.ts'
import { serializeError, type SerializedError } from '../../engine/contract/errors.ts'
import type { RunStatus, TrainEvent } from '../../engine/contract/events.ts'
import type { RunId } from '../../engine/contract/ids.ts'
import { tellChanged, type Context } from './context.ts'
import type { EngineCall } from './engine-link.ts'

const LIVE = new Set<RunStatus>(['queued', 'running'])

interface Entry {
  readonly project: Project
  readonly run: RunId
  readonly ended: PromiseWithResolvers<undefined>
}
interface Active extends Entry {
  readonly call: EngineCall<'train'>
}

export class TrainQueue {
  readonly #context: Context
  #waiting: Entry[] = []
  #active: Active | null = null
  #closed = false
  /** Ends that could not be written when they came (disk full): tried again when the runs are asked for. */
  #unwritten: { readonly entry: Entry; readonly status: 'crashed' | 'failed'; readonly error: SerializedError }[] = []

  constructor(context: Context) {
    this.#context = context
  }

  add(project: Project, run: RunId): void {
    const entry = { project, run, ended: Promise.withResolvers<undefined>() }
    this.#waiting.push(entry)
    if (this.#closed) this.#withdraw(entry, 'paused')
    else this.#next()
  }

  /** Resolves at once for a run that is not here. */
  async ended(project: string, run: RunId): Promise<void> {
    await this.#find(project, run)?.ended.promise
  }

  busy(project: string): boolean {
    return this.#active?.project.path === project || this.#waiting.some((entry) => entry.project.path === project)
  }

  /** Pauses or stops a run of this queue and resolves when it has ended; `elsewhere`: it is not here. */
  async end(project: Project, run: RunId, action: 'pause' | 'stop'): Promise<'here' | 'elsewhere'> {
    const entry = this.#find(project.path, run)
    if (!entry) return 'elsewhere'
    if (entry === this.#active) this.#active.call.control(action)
    else this.#withdraw(entry, action === 'pause' ? 'paused' : 'stopped')
    await entry.ended.promise
    return 'here'
  }

  /** Brings the rows up to date with what has happened here. */
  settle(): void {
    this.#unwritten = this.#unwritten.filter(({ entry, status, error }) => {
      if (!entry.project.open || this.#find(entry.project.path, entry.run)) return false
      try {
        this.#write(entry, status, error)
        return false
      } catch {
        return true
      }
    })
  }

  /** The record as it ended here, where the file could not yet be told so. */
  told(project: string, run: RunRecord): RunRecord {
    const missing = this.#unwritten.find(({ entry }) => entry.project.path === project && entry.run === run.id)
    return missing && LIVE.has(run.status) ? { ...run, status: missing.status, error: missing.error } : run
  }

  async close(): Promise<void> {
    this.#closed = true
    for (const entry of [...this.#waiting]) this.#withdraw(entry, 'paused')
    this.#active?.call.control('pause')
    await this.#active?.ended.promise
  }

  #find(project: string, run: RunId): Entry | undefined {
    return [...(this.#active ? [this.#active] : []), ...this.#waiting].find((entry) => entry.project.path === project && entry.run === run)
  }

  #withdraw(entry: Entry, status: 'paused' | 'stopped'): void {
    this.#waiting = this.#waiting.filter((other) => other !== entry)
    entry.project.runs.update(entry.run, { status })
    this.#tell(entry, { type: 'ended', run: entry.run, status })
    entry.ended.resolve(undefined)
  }

  #next(): void {
    if (this.#active || this.#closed) return
    const entry = this.#waiting.shift()
    if (!entry) return
    const path = entry.project.path
    const { jobs, engine } = this.#context
    const title = `Run ${entry.run}: ${entry.project.runs.get(entry.run).name}`
    void jobs
      .run({ kind: 'train', project: path, title, run: entry.run, onCancel: () => { this.#active?.call.control('pause') } }, async ({ progress }) => {
        const onEvent = (event: TrainEvent): void => {
          this.#context.events.emit({ type: 'train', project: path, event })
          if (event.type === 'progress' && event.run === entry.run) progress({ done: event.progress.step, total: event.progress.steps, stage: `epoch ${Math.min(Math.floor(event.progress.epoch) + 1, event.progress.epochs)} of ${event.progress.epochs}` })
          else if (event.type === 'started' || event.type === 'ended') tellChanged(this.#context, path, 'runs')
        }
        const call = engine.open('train', { project: path, run: entry.run, tuning: this.#context.tuningFile }, { onEvent })
        this.#active = { ...entry, call }
        await call.result
      })
      .catch((error: unknown) => { this.#failed(entry, serializeError(error)) })
      .finally(() => {
        this.#active = null
        entry.ended.resolve(undefined)
        tellChanged(this.#context, path, 'runs')
        this.#next()
      })
  }

  /** The engine writes a failed run itself; a run that it left behind is crashed, or failed where the disk would not take it. */
  #failed(entry: Entry, error: SerializedError): void {
    const status = error.kind === 'engine' ? 'crashed' : 'failed'
    // Another Lathe runs it: its row is not ours.
    if (error.kind === 'conflict') return
    try {
      if (!this.#write(entry, status, error)) return
    } catch {
      this.#unwritten.push({ entry, status, error })
    }
    this.#tell(entry, { type: 'ended', run: entry.run, status, error })
  }

  /** False when the row says already how the run ended. */
  #write(entry: Entry, status: 'crashed' | 'failed', error: SerializedError): boolean {
    const { runs } = entry.project
    const { status: now, config } = runs.get(entry.run)
    if (!LIVE.has(now)) return false
    const members = new Set(config.ensemble?.members.map(({ run }) => run))
    // The member that was being trained went with it.
    for (const { id, status: of } of runs.list()) if (id === entry.run || (of === 'running' && members.has(id))) runs.update(id, { status, error })
    return true
  }

  #tell(entry: Entry, event: TrainEvent): void {
    this.#context.events.emit({ type: 'train', project: entry.project.path, event })
    tellChanged(this.#context, entry.project.path, 'runs')
  }
}
