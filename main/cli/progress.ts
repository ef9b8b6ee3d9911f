// ProgressView: how far a piece of work is: a bar with rate and ETA on a terminal, a line every few seconds otherwise, events as JSON.
import cliProgress, { type SingleBar } from 'cli-progress'
import type { Progress } from '../../engine/contract/commands.ts'
import type { Output } from './output.ts'

/** Between lines where there is no terminal, and between JSON events, in milliseconds. */
const LINE_EVERY = 2000
const EVENT_EVERY = 250

export class ProgressView {
  readonly #title: string
  readonly #out: Output
  readonly #began = performance.now()
  readonly #terminal: boolean
  #bar: SingleBar | null = null
  #told: number
  #start: { done: number; at: number } | null = null

  constructor(title: string, out: Output) {
    this.#title = title
    this.#out = out
    this.#told = out.json ? -Infinity : this.#began
    this.#terminal = !out.json && process.stderr.isTTY
  }

  /** `rate` and `eta` (seconds) where the work knows them better than they can be seen from outside; `note` is shown behind. */
  readonly update = (progress: Progress, more: { readonly rate?: string; readonly eta?: number | null; readonly note?: string } = {}): void => {
    const { done, total, stage } = progress
    const now = performance.now()
    this.#start ??= { done, at: now }
    const perSecond = (done - this.#start.done) / Math.max(1e-3, (now - this.#start.at) / 1000)
    const left = more.eta !== undefined ? more.eta : total !== null && perSecond > 0 ? (total - done) / perSecond : null
    const rate = more.rate ?? (perSecond > 0 ? `${Math.round(perSecond).toLocaleString('en')}/s` : '')
    const eta = left === null || done === total ? '' : `ETA ${left < 10 ? left.toFixed(1) : Math.round(left)} s`
    const tail = [stage, rate, eta, more.note ?? ''].filter(Boolean).join('  ')
    if (this.#terminal) {
      this.#bar ??= this.#makeBar()
      this.#bar.setTotal(total ?? Math.max(1, done))
      this.#bar.update(done, { tail })
      return
    }
    const finished = total !== null && done >= total
    if (now - this.#told < (this.#out.json ? EVENT_EVERY : LINE_EVERY) && !finished) return
    if (finished && !this.#out.json && now - this.#began < LINE_EVERY) return
    this.#told = now
    this.#out.event('progress', { title: this.#title, stage, done, total })
    if (total !== null || done > 0) this.#out.print(`${this.#title}: ${done.toLocaleString('en')}${total === null ? '' : ` of ${total.toLocaleString('en')} (${Math.round((100 * done) / Math.max(1, total))} %)`}  ${tail}`)
  }

  end(): void {
    this.#bar?.stop()
    this.#bar = null
  }

  #makeBar(): SingleBar {
    const bar = new cliProgress.SingleBar({ format: '{title} {bar} {percentage} %  {value}/{total}  {tail}', hideCursor: true, clearOnComplete: true, gracefulExit: false, barsize: 24, fps: 10, autopadding: true, linewrap: false }, cliProgress.Presets.shades_classic)
    bar.start(1, 0, { title: this.#title, tail: '' })
    return bar
  }
}
