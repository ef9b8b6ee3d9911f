// engineHere(): the engine in this very process, behind the same messages: for tests of what commands do, which need no process of its own.
import type { FromEngine } from '../../engine/contract/commands.ts'
import { commands } from '../../engine/process/commands.ts'
import { Dispatcher } from '../../engine/process/dispatch.ts'
import type { Received } from '../../engine/process/port.ts'
import { versions } from '../../engine/process/versions.ts'
import type { EngineChild } from '../../main/services/engine-child.ts'

export function engineHere(): EngineChild {
  const listeners: ((message: unknown) => void)[] = []
  const leaving: ((code: number | null, signal: string | null) => void)[] = []
  let gone = false
  // As between processes, a message is a copy and arrives later.
  const tell = (message: FromEngine): void => {
    const copy = structuredClone(message)
    setImmediate(() => { if (!gone) for (const listener of listeners) listener(copy) })
  }
  const dispatcher = new Dispatcher({ send: tell, onMessage: () => undefined, flush: () => Promise.resolve(), onClose: () => undefined }, commands)
  tell({ type: 'ready', versions: versions(), threads: 2 })
  const end = (): void => {
    if (gone) return
    gone = true
    for (const listener of leaving) listener(0, null)
  }
  return {
    pid: process.pid,
    send: (message) => {
      const copy = structuredClone(message)
      setImmediate(() => { dispatcher.receive(copy as Received) })
    },
    onMessage: (listener) => { listeners.push(listener) },
    onExit: (listener) => { leaving.push(listener) },
    kill: (signal) => {
      if (signal === 'SIGKILL') end()
      else void dispatcher.drain().then(() => { setImmediate(end) })
    },
    lastOutput: () => '',
  }
}
