// Meter: throughput, time left, and how often to tell them.
import type { TrainProgress } from '../contract/events.ts'

/** Milliseconds between two progress events. */
const TELL_EVERY = 200

export class Meter {
  readonly #total: number
  readonly #perEpoch: number
  readonly #epochs: number
  readonly #from: number
  readonly #start: number
  #told = -Infinity
  #rows = 0
  #since: number
  #rate = 0

  constructor(total: number, perEpoch: number, epochs: number, from: number, now: number) {
    this.#total = total
    this.#perEpoch = perEpoch
    this.#epochs = epochs
    this.#from = from
    this.#start = now
    this.#since = now
  }

  /** Counts `rows` trained samples; progress at most five times a second, else null. `step`: steps done. */
  count(rows: number, step: number, now: number): TrainProgress | null {
    this.#rows += rows
    if (now - this.#told < TELL_EVERY && step < this.#total) return null
    const seconds = (now - this.#since) / 1000
    if (seconds > 0) {
      const rate = this.#rows / seconds
      this.#rate = this.#rate === 0 ? rate : 0.7 * this.#rate + 0.3 * rate
    }
    this.#told = now
    this.#since = now
    this.#rows = 0
    const done = step - this.#from
    // Validation and checkpoints are in the session's mean time of a step, so they are in the estimate too.
    const eta = done > 0 && now > this.#start ? ((now - this.#start) / 1000 / done) * (this.#total - step) : null
    return { epoch: Math.min(this.#epochs, Math.floor(step / this.#perEpoch) + (step < this.#total ? 1 : 0)), epochs: this.#epochs, step, steps: this.#total, samplesPerSecond: this.#rate, etaSeconds: eta }
  }
}
