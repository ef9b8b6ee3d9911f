// The engine process as the main process holds it: forked by Node, or by Electron's utilityProcess.
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { CommandName, ToEngine } from '../../engine/contract/commands.ts'

export interface EngineChild {
  readonly pid: number | undefined
  send(message: ToEngine): void
  onMessage(listener: (message: unknown) => void): void
  /** Called once; `signal` is null where the host does not tell it. */
  onExit(listener: (code: number | null, signal: string | null) => void): void
  /** SIGTERM asks a running training to pause with a checkpoint; SIGKILL ends at once. */
  kill(signal: 'SIGTERM' | 'SIGKILL'): void
  /** Last lines of the process's error output, for a crash report. */
  lastOutput(): string
}

/** The engine's entry when the app runs from its sources; builds pass their own file. */
export const SOURCE_ENGINE = fileURLToPath(new URL('../../engine/process.ts', import.meta.url))
const KEPT = 4000

function tail(stream: NodeJS.ReadableStream | null | undefined): () => string {
  let text = ''
  stream?.on('data', (chunk: Buffer) => { text = (text + chunk.toString('utf8')).slice(-KEPT) })
  return () => text.trim()
}

/** Node host and command line. `file` is the engine's entry; commands of `loads` are loaded before they are called. */
export function forkEngine(file: string = SOURCE_ENGINE, loads: readonly CommandName[] = []): EngineChild {
  const child = fork(file, loads, { serialization: 'advanced', execArgv: [], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
  const lastOutput = tail(child.stderr)
  return {
    get pid() { return child.pid },
    send: (message) => { if (child.connected) child.send(message, () => undefined) },
    onMessage: (listener) => { child.on('message', listener) },
    onExit: (listener) => {
      let told = false
      const once = (code: number | null, signal: string | null): void => { if (!told) { told = true; listener(code, signal) } }
      child.once('exit', once)
      child.once('error', () => { once(null, null) })
    },
    kill: (signal) => { child.kill(signal) },
    lastOutput,
  }
}

/** The part of Electron's UtilityProcess that is used here. */
export interface UtilityProcessLike {
  readonly pid: number | undefined
  readonly stderr?: NodeJS.ReadableStream | null
  readonly stdout?: NodeJS.ReadableStream | null
  postMessage(message: unknown): void
  on(event: 'message', listener: (message: unknown) => void): unknown
  once(event: 'exit', listener: (code: number) => void): unknown
  kill(): boolean
}

/** Electron: `utilityEngine(utilityProcess.fork(file, [], { serviceName: 'Lathe engine', stdio: 'pipe' }))`. */
export function utilityEngine(child: UtilityProcessLike): EngineChild {
  const lastOutput = tail(child.stderr)
  child.stdout?.resume()
  return {
    get pid() { return child.pid },
    send: (message) => { child.postMessage(message) },
    onMessage: (listener) => { child.on('message', listener) },
    onExit: (listener) => { child.once('exit', (code) => { listener(code, null) }) },
    kill: (signal) => {
      if (signal === 'SIGTERM' || child.pid === undefined) child.kill()
      else try { process.kill(child.pid, signal) } catch { child.kill() }
    },
    lastOutput,
  }
}
