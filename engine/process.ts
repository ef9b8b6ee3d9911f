// The engine process: port → command → engine libraries, wired to the project database. Started by main/services/engine-child.ts.
import os from 'node:os'
import { commands } from './process/commands.ts'
import { Dispatcher } from './process/dispatch.ts'
import { hostPort } from './process/port.ts'
import { versions } from './process/versions.ts'

const port = hostPort()
const dispatcher = new Dispatcher(port, commands)

/** Longest that a training may take for its checkpoint when the process must end. */
const DRAIN_WITHIN_MS = 8_000
let ending = false
function end(): void {
  if (ending) return
  ending = true
  setTimeout(() => { process.exit(1) }, DRAIN_WITHIN_MS).unref()
  void dispatcher.drain().then(() => port.flush()).then(() => { process.exit(0) })
}

port.onMessage((message) => { if (!ending) dispatcher.receive(message) })
port.onClose(end)
process.on('SIGTERM', end)
// A Ctrl+C in a terminal reaches the whole group: the parent decides and asks.
process.on('SIGINT', () => undefined)

// Names of commands that will be called at once: loaded now. Whatever goes wrong is told by the call.
for (const [name, load] of Object.entries(commands)) if (process.argv.includes(name, 2)) void load().catch(() => undefined)

port.send({ type: 'ready', versions: versions(), threads: os.availableParallelism() })
