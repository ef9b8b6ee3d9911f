// watch: the bus as an async iterator for one connection; progress is coalesced, everything else comes at once and in order.
import { setImmediate as breathe, setTimeout as sleep } from 'node:timers/promises'
import type { EventBus } from '../services/events.ts'
import type { AppEvent } from './contract/events.ts'

/** At most ten deliveries of pure progress a second. */
const PROGRESS_EVERY_MS = 100
const YIELD_AFTER = 64

/** Events with the same key may replace one another; null: every one counts. */
function replaceable(event: AppEvent): string | null {
  if (event.type === 'job') return `job ${event.job.id}`
  if (event.type === 'train' && event.event.type === 'progress') return `progress ${event.project} ${event.event.run}`
  if (event.type === 'changed') return `changed ${event.what} ${event.project}`
  return null
}

/** Metric points of one run that wait together travel as one event. */
function merged(last: AppEvent | undefined, next: AppEvent): AppEvent | null {
  if (last?.type !== 'train' || next.type !== 'train' || last.event.type !== 'metrics' || next.event.type !== 'metrics') return null
  if (last.project !== next.project || last.event.run !== next.event.run) return null
  return { ...last, event: { ...last.event, points: [...last.event.points, ...next.event.points] } }
}

class Outbox {
  readonly #keyed = new Map<string, number>()
  events: AppEvent[] = []
  /** True when something waits that is more than progress. */
  urgent = false

  add(event: AppEvent): void {
    const key = replaceable(event)
    const index = key === null ? undefined : this.#keyed.get(key)
    if (index !== undefined) {
      this.events[index] = event
      return
    }
    const together = merged(this.events.at(-1), event)
    if (together) this.events[this.events.length - 1] = together
    else {
      if (key === null) this.urgent = true
      else this.#keyed.set(key, this.events.length)
      this.events.push(event)
    }
  }

  take(): AppEvent[] {
    const events = this.events
    this.events = []
    this.urgent = false
    this.#keyed.clear()
    return events
  }
}

/** Ends when `signal` aborts or the consumer returns; `first` is told before all else. */
export async function* watch(bus: EventBus, signal: AbortSignal, first: readonly AppEvent[] = []): AsyncGenerator<AppEvent, void, void> {
  const outbox = new Outbox()
  for (const event of first) outbox.add(event)
  let wake: () => void = () => undefined
  const unsubscribe = bus.subscribe((event) => {
    outbox.add(event)
    wake()
  })
  const onAbort = (): void => { wake() }
  signal.addEventListener('abort', onAbort)
  let last = 0
  let sent = 0
  try {
    while (!signal.aborted) {
      if (outbox.events.length === 0) {
        await new Promise<void>((resolve) => { wake = resolve })
        continue
      }
      const rest = last + PROGRESS_EVERY_MS - performance.now()
      if (!outbox.urgent && rest > 0) {
        const timer = new AbortController()
        wake = () => { if (outbox.urgent || signal.aborted) timer.abort() }
        await sleep(rest, undefined, { signal: timer.signal }).catch(() => undefined)
        continue
      }
      last = performance.now()
      for (const event of outbox.take()) {
        yield event
        if (++sent % YIELD_AFTER === 0) await breathe()
      }
    }
  } finally {
    signal.removeEventListener('abort', onAbort)
    unsubscribe()
  }
}
