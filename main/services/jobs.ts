// Jobs: every long command that is under way, with its progress and a way to cancel it.
import type { Progress } from '../../engine/contract/commands.ts'
import { LatheError, serializeError } from '../../engine/contract/errors.ts'
import type { RunId } from '../../engine/contract/ids.ts'
import type { Job, JobKind } from '../api/contract/events.ts'
import type { EventBus } from './events.ts'

export interface JobOptions {
  readonly kind: JobKind
  readonly project: string
  /** For people: "Import of 12 files". */
  readonly title: string
  readonly run?: RunId
  /** How `cancel` ends it when not by the signal; a training pauses instead. */
  readonly onCancel?: () => void
}
/** Given to every long use-case by its caller. */
export interface LongOptions {
  readonly onProgress?: (progress: Progress) => void
  readonly signal?: AbortSignal
}
export interface JobContext {
  readonly id: number
  readonly signal: AbortSignal
  readonly progress: (progress: Progress) => void
}

export class Jobs {
  readonly #bus: EventBus
  readonly #active = new Map<number, { job: Job; cancel: () => void }>()
  #nextId = 1

  constructor(bus: EventBus) {
    this.#bus = bus
  }

  list(): readonly Job[] {
    return [...this.#active.values()].map((entry) => entry.job)
  }

  /** False when the job is not there any more. */
  cancel(id: number): boolean {
    const entry = this.#active.get(id)
    entry?.cancel()
    return entry !== undefined
  }

  /** Runs `work` as a job: told on the bus when it begins, goes on and ends. */
  async run<T>(options: JobOptions, work: (context: JobContext) => Promise<T>, long: LongOptions = {}): Promise<T> {
    const id = this.#nextId++
    const controller = new AbortController()
    const signal = long.signal ? AbortSignal.any([long.signal, controller.signal]) : controller.signal
    const cancel = options.onCancel ?? (() => { controller.abort(new LatheError('cancelled', `${options.title} was cancelled`)) })
    const entry = { job: { id, kind: options.kind, project: options.project, title: options.title, progress: { done: 0, total: null, stage: 'starting' }, cancellable: true, run: options.run ?? null } satisfies Job as Job, cancel }
    this.#active.set(id, entry)
    this.#bus.emit({ type: 'job', job: entry.job })
    const progress = (value: Progress): void => {
      entry.job = { ...entry.job, progress: value }
      this.#bus.emit({ type: 'job', job: entry.job })
      long.onProgress?.(value)
    }
    let failure: unknown = null
    try {
      return await work({ id, signal, progress })
    } catch (error) {
      failure = error
      throw error
    } finally {
      this.#active.delete(id)
      this.#bus.emit({ type: 'job-ended', id, kind: options.kind, project: options.project, error: failure === null ? null : serializeError(failure) })
    }
  }
}
