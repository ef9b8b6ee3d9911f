// Dispatcher: message → checked arguments → command → result or typed error, with control of what is under way.
import { z } from 'zod'
import type { CommandName } from '../contract/commands.ts'
import { LatheError, serializeError } from '../contract/errors.ts'
import type { Command } from './command.ts'
import type { HostPort, Received } from './port.ts'

type Registry = Readonly<Record<string, () => Promise<Command<CommandName>>>>

class Call {
  readonly command: string
  requested: 'cancel' | 'pause' | 'stop' | null = null
  readonly #abort = new AbortController()

  constructor(command: string) {
    this.command = command
  }

  get signal(): AbortSignal {
    return this.#abort.signal
  }

  ask(action: 'cancel' | 'pause' | 'stop'): void {
    this.requested = action
    if (action === 'cancel') this.#abort.abort(new LatheError('cancelled', 'cancelled'))
  }
}

export class Dispatcher {
  readonly #port: HostPort
  readonly #registry: Registry
  readonly #calls = new Map<number, Call>()
  #idle: (() => void)[] = []

  constructor(port: HostPort, registry: Registry) {
    this.#port = port
    this.#registry = registry
  }

  receive(message: Received): void {
    if (message.type === 'control') this.#calls.get(message.id)?.ask(message.action)
    else void this.#run(message.id, message.command, message.args)
  }

  /** Asks every call to end in good order (a training pauses, the rest is cancelled); resolves when none is left. */
  async drain(): Promise<void> {
    for (const call of this.#calls.values()) {
      if (call.command !== 'train') call.ask('cancel')
      else if (call.requested === null) call.ask('pause')
    }
    if (this.#calls.size > 0) await new Promise<void>((resolve) => { this.#idle.push(resolve) })
  }

  async #run(id: number, name: string, args: unknown): Promise<void> {
    const call = new Call(name)
    this.#calls.set(id, call)
    try {
      const load = Object.hasOwn(this.#registry, name) ? this.#registry[name] : undefined
      if (!load) throw new LatheError('usage', `engine: unknown command "${name}"; expected one of ${Object.keys(this.#registry).join(', ')}`)
      const command = await load()
      const parsed = command.args.safeParse(args)
      if (!parsed.success) throw new LatheError('usage', `engine command "${name}": ${z.prettifyError(parsed.error)}`)
      const result = await command.run(parsed.data, { emit: (event) => { this.#port.send({ type: 'event', id, event }) }, signal: call.signal, control: call })
      this.#port.send({ type: 'result', id, result })
    } catch (error) {
      this.#port.send({ type: 'error', id, error: serializeError(error) })
    } finally {
      this.#calls.delete(id)
      if (this.#calls.size === 0) for (const resolve of this.#idle.splice(0)) resolve()
    }
  }
}
