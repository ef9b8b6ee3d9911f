// Stand-in of `utilityProcess`: a forked Node process that finds a `process.parentPort`, as it would under Electron.
import { fork, type ChildProcess } from 'node:child_process'
import { EventEmitter } from 'node:events'
import type { Readable } from 'node:stream'

export class UtilityProcess extends EventEmitter {
  readonly #child: ChildProcess

  constructor(file: string, args: readonly string[]) {
    super()
    const { NODE_OPTIONS: _options, STAND_IN_CDP: _cdp, ...env } = process.env
    this.#child = fork(file, args, { serialization: 'advanced', stdio: ['ignore', 'pipe', 'pipe', 'ipc'], execArgv: ['--import', new URL('./parent-port.ts', import.meta.url).href], env })
    this.#child.on('spawn', () => this.emit('spawn'))
    this.#child.on('message', (message) => this.emit('message', message))
    // Electron tells a code and never a signal.
    this.#child.on('exit', (code) => this.emit('exit', code ?? 1))
  }

  get pid(): number | undefined { return this.#child.pid }
  get stdout(): Readable | null { return this.#child.stdout }
  get stderr(): Readable | null { return this.#child.stderr }
  get ended(): boolean { return this.#child.exitCode !== null || this.#child.signalCode !== null }
  postMessage(message: object): void { if (this.#child.connected) this.#child.send(message) }
  kill(): boolean { return this.#child.kill() }
}

export const started: UtilityProcess[] = []
export const utilityProcess = {
  fork: (file: string, args: readonly string[] = []): UtilityProcess => {
    const child = new UtilityProcess(file, args)
    started.push(child)
    return child
  },
}
