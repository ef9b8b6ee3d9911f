// The bus of AppEvents: services tell, connections listen.
import type { AppEvent } from '../api/contract/events.ts'

export class EventBus {
  readonly #listeners = new Set<(event: AppEvent) => void>()

  /** Returns the function that ends the subscription. */
  subscribe(listener: (event: AppEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => { this.#listeners.delete(listener) }
  }

  emit(event: AppEvent): void {
    for (const listener of this.#listeners) listener(event)
  }

  get listeners(): number {
    return this.#listeners.size
  }
}
