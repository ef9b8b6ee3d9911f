// EngineLink: the typed client of the engine's commands over one child process, started when needed and restarted after a crash.
import type { CommandName, Commands, FromEngine } from '../../engine/contract/commands.ts'
import { assertNever, deserializeError, LatheError } from '../../engine/contract/errors.ts'
import type { EngineStatus } from '../api/contract/events.ts'
import type { EngineChild } from './engine-child.ts'

export interface CallOptions<C extends CommandName> {
  readonly onEvent?: (event: Commands[C]['event']) => void
  /** Cancels the command; the promise rejects with kind `cancelled` once the engine has left everything in order. */
  readonly signal?: AbortSignal
}
export interface EngineCall<C extends CommandName> {
  readonly result: Promise<Commands[C]['result']>
  /** `pause` and `stop` end a train call in good order. */
  control(action: 'cancel' | 'pause' | 'stop'): void
}

interface Pending {
  readonly command: CommandName
  readonly onEvent: ((event: unknown) => void) | undefined
  resolve(result: unknown): void
  reject(error: LatheError): void
}
interface Running {
  readonly child: EngineChild
  readonly ready: Promise<void>
  readonly exited: Promise<void>
}

const isFromEngine = (message: unknown): message is FromEngine => typeof message === 'object' && message !== null && 'type' in message
const READY_WITHIN_MS = 60_000
const CLOSE_WITHIN_MS = 10_000

export class EngineLink {
  readonly #start: () => EngineChild
  readonly #onStatus: (status: EngineStatus) => void
  readonly #pending = new Map<number, Pending>()
  #running: Running | null = null
  #status: EngineStatus = { state: 'idle', pid: null, threads: 0, versions: {} }
  #nextId = 1
  #disposed = false

  constructor(start: () => EngineChild, onStatus: (status: EngineStatus) => void = () => undefined) {
    this.#start = start
    this.#onStatus = onStatus
  }

  get status(): EngineStatus {
    return this.#status
  }

  /** Calls that have not ended. */
  get pending(): number {
    return this.#pending.size
  }

  /** @throws LatheError what the command threw; `engine` when the process ended before the answer. */
  call<C extends CommandName>(command: C, args: Commands[C]['args'], options: CallOptions<C> = {}): Promise<Commands[C]['result']> {
    return this.open(command, args, options).result
  }

  /** As `call`, with a handle to pause, stop or cancel. */
  open<C extends CommandName>(command: C, args: Commands[C]['args'], options: CallOptions<C> = {}): EngineCall<C> {
    const id = this.#nextId++
    const control = (action: 'cancel' | 'pause' | 'stop'): void => {
      const running = this.#running
      if (running && this.#pending.has(id)) void running.ready.then(() => { running.child.send({ type: 'control', id, action }) }, () => undefined)
    }
    const { signal } = options
    if (signal?.aborted) return { result: Promise.reject(new LatheError('cancelled', `${command} was cancelled before it began`)), control }
    if (this.#disposed) return { result: Promise.reject(new LatheError('engine', `${command}: the engine was shut down`)), control }
    const onAbort = (): void => { control('cancel') }
    const result = new Promise<unknown>((resolve, reject) => {
      this.#pending.set(id, { command, onEvent: options.onEvent as Pending['onEvent'], resolve, reject })
      signal?.addEventListener('abort', onAbort, { once: true })
      const { child, ready } = (this.#running ??= this.#launch())
      ready.then(
        () => {
          child.send({ type: 'call', id, command, args })
          this.#tell()
        },
        (error: unknown) => { this.#settle(id, (pending) => { pending.reject(error instanceof LatheError ? error : new LatheError('engine', String(error))) }) },
      )
    })
    return { result: result.finally(() => { signal?.removeEventListener('abort', onAbort) }) as Promise<Commands[C]['result']>, control }
  }

  /** Starts the process now if it is not there; resolves when it is ready. */
  async ensure(): Promise<EngineStatus> {
    if (this.#disposed) throw new LatheError('engine', 'the engine was shut down')
    await (this.#running ??= this.#launch()).ready
    return this.#status
  }

  /** Ends the process, whatever it does, and starts a new one. */
  async restart(): Promise<EngineStatus> {
    const running = this.#running
    running?.child.kill('SIGKILL')
    await running?.exited
    return this.ensure()
  }

  /** Asks the process to end (a training pauses with a checkpoint), and kills it when it does not in time. */
  async dispose(): Promise<void> {
    this.#disposed = true
    const running = this.#running
    if (!running) return
    running.child.kill('SIGTERM')
    const timer = setTimeout(() => { running.child.kill('SIGKILL') }, CLOSE_WITHIN_MS)
    await running.exited
    clearTimeout(timer)
  }

  #launch(): Running {
    const child = this.#start()
    this.#set({ state: 'starting', pid: child.pid ?? null, threads: 0, versions: {} })
    const exit = Promise.withResolvers<undefined>()
    const ready = Promise.withResolvers<undefined>()
    ready.promise.catch(() => undefined)
    const timer = setTimeout(() => { child.kill('SIGKILL') }, READY_WITHIN_MS)
    const running: Running = { child, ready: ready.promise, exited: exit.promise }
    child.onMessage((message) => {
      if (!isFromEngine(message)) return
      if (message.type === 'ready') {
        clearTimeout(timer)
        this.#status = { state: 'idle', pid: child.pid ?? null, threads: message.threads, versions: message.versions }
        ready.resolve(undefined)
        this.#tell()
      } else this.#receive(message)
    })
    child.onExit((code, signal) => {
      clearTimeout(timer)
      const how = signal ?? (code === null ? 'it could not be started' : `exit code ${code}`)
      const error = new LatheError('engine', `the engine process ended unexpectedly (${how}); what was written is kept, and it starts again on the next command`, { code, signal, output: child.lastOutput() })
      if (this.#running === running) this.#running = null
      const pending = [...this.#pending.keys()]
      const inOrder = this.#disposed || (code === 0 && pending.length === 0)
      this.#set({ state: inOrder ? 'idle' : 'crashed', pid: null, threads: 0, versions: {} })
      ready.reject(error)
      for (const id of pending) this.#settle(id, (call) => { call.reject(error) })
      exit.resolve(undefined)
    })
    return running
  }

  #receive(message: Exclude<FromEngine, { type: 'ready' }>): void {
    switch (message.type) {
      case 'event': this.#pending.get(message.id)?.onEvent?.(message.event); return
      case 'result': this.#settle(message.id, (pending) => { pending.resolve(message.result) }); return
      case 'error': this.#settle(message.id, (pending) => { pending.reject(deserializeError(message.error)) }); return
      default: assertNever(message, 'message of the engine')
    }
  }

  #settle(id: number, how: (pending: Pending) => void): void {
    const pending = this.#pending.get(id)
    if (!pending) return
    this.#pending.delete(id)
    how(pending)
    this.#tell()
  }

  #tell(): void {
    if (this.#status.state === 'idle' || this.#status.state === 'busy') {
      const state = this.#pending.size > 0 ? 'busy' : 'idle'
      if (state !== this.#status.state) this.#set({ ...this.#status, state })
      else if (this.#pending.size === 0) this.#onStatus(this.#status)
    }
  }

  #set(status: EngineStatus): void {
    this.#status = status
    this.#onStatus(status)
  }
}
