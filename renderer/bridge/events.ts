// The one event stream of this window, fanned out to whoever listens; started again after each reconnect.
import type { AppEvent } from '../../main/api/contract/events.ts'

export type WindowEvent = AppEvent
  /** The stream was interrupted: what was missed must be read again. */
  | { readonly type: 'reconnected' }
export type Listener = (event: WindowEvent) => void

export interface EventStream {
  subscribe(listener: Listener): () => void
  emit(event: WindowEvent): void
  /** Reads `source` to its end. */
  follow(source: AsyncIterable<AppEvent>): Promise<void>
}

export function createEventStream(): EventStream {
  const listeners = new Set<Listener>()
  const emit = (event: WindowEvent): void => {
    for (const listener of [...listeners]) listener(event)
  }
  return {
    emit,
    subscribe(listener) {
      listeners.add(listener)
      return () => { listeners.delete(listener) }
    },
    async follow(source) {
      for await (const event of source) emit(event)
    },
  }
}
