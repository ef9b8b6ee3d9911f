// TrainView: a run as it goes: a bar on a terminal, a line an epoch otherwise, every event as JSON.
import type { TrainEvent } from '../../engine/contract/events.ts'
import type { RunId } from '../../engine/contract/ids.ts'
import { metricText, type Output } from './output.ts'
import type { ProgressView } from './progress.ts'

/** Of an epoch's metrics these say nothing of how well it goes. */
const UNNOTED = /\/(lr|throughput|seconds|wait)$/

export class TrainView {
  readonly #out: Output
  readonly #epochs: number
  readonly #bar: ProgressView | null
  readonly #latest = new Map<string, number>()
  #rate = ''
  #eta: number | null = null

  constructor(out: Output, run: RunId, epochs: number) {
    this.#out = out
    this.#epochs = epochs
    this.#bar = !out.json && process.stderr.isTTY ? out.progress(`run ${run}`) : null
  }

  show(event: TrainEvent): void {
    const { type, ...fields } = event
    this.#out.event(type, fields)
    if (event.type === 'metrics') {
      for (const { name, value } of event.points) this.#latest.set(name, value)
      const last = event.points.at(-1)
      if (!this.#bar && last && event.points.some((point) => point.name === 'train/lr')) this.#line(last.epoch)
    } else if (event.type === 'progress') {
      const { epoch, epochs, step, steps, samplesPerSecond, etaSeconds } = event.progress
      this.#rate = `${Math.round(samplesPerSecond).toLocaleString('en')} samples/s`
      this.#eta = etaSeconds
      this.#bar?.update({ done: step, total: steps, stage: `epoch ${Math.min(Math.floor(epoch) + 1, epochs)}/${epochs}` }, { rate: this.#rate, eta: etaSeconds, note: this.#note() })
    } else if (event.type === 'warning') {
      if (!this.#out.json) this.#out.warn(event.message)
    }
  }

  end(): void {
    this.#bar?.end()
  }

  #line(epoch: number): void {
    this.#out.print([`epoch ${metricText(epoch)}/${this.#epochs}`, this.#note(), this.#rate, this.#eta === null ? '' : `ETA ${Math.round(this.#eta)} s`].filter(Boolean).join('  '))
  }

  #note(): string {
    return [...this.#latest].filter(([name]) => !UNNOTED.test(name)).map(([name, value]) => `${name} ${metricText(value)}`).join('  ')
  }
}
