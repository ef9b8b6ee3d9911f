// The engine process's side of the channel: one port over Electron's parentPort and child_process IPC.
import { z } from 'zod'
import { LatheError } from '../contract/errors.ts'
import type { FromEngine } from '../contract/commands.ts'

const toEngine = z.discriminatedUnion('type', [
  z.object({ type: z.literal('call'), id: z.int(), command: z.string(), args: z.unknown() }),
  z.object({ type: z.literal('control'), id: z.int(), action: z.enum(['cancel', 'pause', 'stop']) }),
])
export type Received = z.infer<typeof toEngine>

export interface HostPort {
  send(message: FromEngine): void
  onMessage(listener: (message: Received) => void): void
  /** Resolves when all that was sent has left this process. */
  flush(): Promise<void>
  /** The parent went away: nothing that is sent arrives any more. */
  onClose(listener: () => void): void
}

/** The part of Electron's `process.parentPort` that is used here. */
interface ParentPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void
  on(event: 'close', listener: () => void): void
}
const isParentPort = (value: unknown): value is ParentPort => typeof value === 'object' && value !== null && 'postMessage' in value

/** @throws LatheError usage when the process was started by neither `fork` nor `utilityProcess.fork`. */
export function hostPort(): HostPort {
  const parent: unknown = Reflect.get(process, 'parentPort')
  if (isParentPort(parent)) {
    return {
      send: (message) => { parent.postMessage(message) },
      flush: () => new Promise((resolve) => { setTimeout(resolve, 50) }),
      onMessage: (listener) => { parent.on('message', (event) => { listener(toEngine.parse(event.data)) }) },
      onClose: (listener) => { parent.on('close', listener) },
    }
  }
  if (!process.send) throw new LatheError('usage', 'engine process: expected to be started by the workbench or the command line, found no channel to a parent; run "npm start" or "npm run lathe"')
  let unsent = 0
  let waiting: (() => void)[] = []
  const settle = (): void => {
    if (--unsent > 0) return
    for (const resolve of waiting) resolve()
    waiting = []
  }
  return {
    send: (message) => {
      if (!process.connected) return
      unsent++
      process.send?.(message, undefined, undefined, settle)
    },
    flush: () => unsent === 0 || !process.connected ? Promise.resolve() : new Promise((resolve) => { waiting.push(resolve) }),
    onMessage: (listener) => { process.on('message', (message) => { listener(toEngine.parse(message)) }) },
    onClose: (listener) => { process.on('disconnect', listener) },
  }
}
