// One lasting connection over wires that may break: calls wait for a reconnect in progress, then go out.
import type { ClientContext, ClientOptions } from '@orpc/client'
import { ref, readonly, type Ref } from 'vue'
import { AppError, asAppError } from './errors.ts'
import type { Wire } from './transport.ts'

export type ConnectionState = 'connecting' | 'open' | 'lost'
const FIRST_DELAY = 250
const LONGEST_DELAY = 5_000
/** How long a call waits for the connection before it fails. */
const CALL_PATIENCE = 8_000

export interface Connection {
  readonly state: Readonly<Ref<ConnectionState>>
  call(path: readonly string[], input: unknown, options: ClientOptions<ClientContext>): Promise<unknown>
  /** Called with every new wire: the first and each reconnect. */
  onOpen(listener: (first: boolean) => void): void
  retry(): void
}

export function createConnection(open: () => Promise<Wire>, patience = CALL_PATIENCE): Connection {
  const state = ref<ConnectionState>('connecting')
  const listeners = new Set<(first: boolean) => void>()
  const waiting = new Set<(wire: Wire) => void>()
  let wire: Wire | null = null
  let everOpen = false
  let delay = FIRST_DELAY
  let timer: ReturnType<typeof setTimeout> | undefined
  let dialling = false

  const lose = (): void => {
    wire = null
    state.value = 'lost'
    clearTimeout(timer)
    timer = setTimeout(() => { void dial() }, delay)
    delay = Math.min(delay * 2, LONGEST_DELAY)
  }
  const dial = async (): Promise<void> => {
    if (dialling || wire) return
    dialling = true
    try {
      const opened = await open()
      wire = opened
      delay = FIRST_DELAY
      state.value = 'open'
      void opened.closed.then(lose)
      for (const give of waiting) give(opened)
      waiting.clear()
      for (const listener of listeners) listener(!everOpen)
      everOpen = true
    } catch {
      lose()
    } finally {
      dialling = false
    }
  }
  const current = (): Promise<Wire> => {
    if (wire) return Promise.resolve(wire)
    return new Promise((resolve, reject) => {
      const give = (opened: Wire): void => {
        clearTimeout(late)
        resolve(opened)
      }
      const late = setTimeout(() => {
        waiting.delete(give)
        reject(new AppError('disconnected', 'the connection to Lathe is lost; nothing was changed. It is being tried again'))
      }, patience)
      waiting.add(give)
    })
  }
  void dial()

  return {
    state: readonly(state),
    async call(path, input, options) {
      const used = await current()
      try {
        return await used.link.call(path, input, options)
      } catch (error) {
        if (!used.alive() && options.signal?.aborted !== true) throw new AppError('disconnected', 'the connection to Lathe broke before the answer came; look whether it was done before doing it again')
        throw asAppError(error)
      }
    },
    onOpen(listener) {
      listeners.add(listener)
      if (wire) listener(true)
    },
    retry() {
      clearTimeout(timer)
      void dial()
    },
  }
}
