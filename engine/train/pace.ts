// How many steps a run takes: several where a step is so short that what goes in and out of a run weighs.
import type { Place } from './place.ts'
import type { BatchBuffers } from './batches.ts'
import { SeveralSteps } from './several-steps.ts'
import type { StepStats, TrainStep } from './step.ts'

/** Runs of one step before the pace is known: the first are slow, and so is every run while another process has the core. */
const MEASURED = [12, 200] as const
/** A longer step, in milliseconds, is run by itself. */
const SHORT = 2
/** Most milliseconds of a run, and most steps in it: messages and checkpoints wait for its end. */
const LONGEST = 24
const MOST = 16
/** Least milliseconds of training left that are worth another compilation. */
const WORTH = 1500
/** A recipe of checkpoints closer than this, in milliseconds, wants to stop anywhere. */
const CLOSE = 100

/** Places and learning rates of the steps of a run. */
export type Steps = readonly { readonly place: Place; readonly lr: number }[]

export interface Run {
  /** Buffers of each step. */
  readonly slots: readonly BatchBuffers[]
  run(steps: Steps): Promise<readonly StepStats[]>
}

/** How many steps of `ms` milliseconds make a run; 1 where there is nothing to gain. */
export const stepsPerRun = (ms: number): number => (ms < SHORT ? Math.max(1, Math.min(MOST, Math.floor(LONGEST / ms))) : 1)

/** The steps do the same however they are gathered in runs, bit for bit: the pace may follow the clock. */
export class Pace {
  readonly #step: TrainStep
  #least = Infinity
  #measured = 0
  #several: SeveralSteps | null = null
  #settled = false

  readonly #fixed: number | null

  /** `fixed` steps a run instead of what the clock says. */
  constructor(step: TrainStep, fixed: number | null = null) {
    this.#step = step
    this.#fixed = fixed
  }

  /** The next run, of `inEpoch` steps at most; `left` are those of the whole session. */
  async next(inEpoch: number, left: number, checkpointEveryMs?: number): Promise<Run> {
    const { graph } = this.#step
    const times = graph ? (this.#fixed ?? stepsPerRun(this.#least)) : 1
    if (!this.#settled && this.#known(times)) {
      this.#settled = true
      const worth = left * this.#least >= WORTH && (checkpointEveryMs === undefined || checkpointEveryMs >= CLOSE)
      if (graph && times > 1 && (worth || this.#fixed !== null)) this.#several = await SeveralSteps.create(this.#step, graph, times)
    }
    const several = this.#several
    if (several && inEpoch >= several.times) return several
    const step = this.#step
    return { slots: [step], run: (steps) => Promise.all(steps.map(({ place, lr }) => step.run(place, lr))) }
  }

  #known(times: number): boolean {
    const [soon, last] = MEASURED
    return this.#fixed !== null || (this.#measured >= soon && (times > 1 || this.#measured >= last))
  }

  /** A run of `steps` took so long. */
  took(ms: number, steps: number): void {
    this.#measured++
    this.#least = Math.min(this.#least, ms / steps)
  }

  /** One step a run from here on. */
  async stop(): Promise<void> {
    const several = this.#several
    this.#several = null
    this.#settled = true
    await several?.[Symbol.asyncDispose]()
  }
}
