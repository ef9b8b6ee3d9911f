// How a run goes: several steps at once where a step is so short that what goes in and out of it weighs, and beside the calling thread where batches take time to write.
import { flushes } from '../compile/parallel/signal.ts'
import { wholeJobs } from './background-jobs.ts'
import { BackgroundStep } from './background-step.ts'
import type { Run } from './run.ts'
import { SeveralSteps } from './several-steps.ts'
import type { TrainStep } from './step.ts'
import { isLongStep, programThreads, startsBeside, stepWork } from './threads.ts'

/** Runs of one step before the pace is known: the first are slow, and so is every run while another process has the core; before a step that may be short is taken for a long one. */
const [MEASURED, MEASURED_LONG] = [12, 40]
/** A longer step, in milliseconds, is run by itself. */
const SHORT = 2
/** Most milliseconds of a run, and most steps in it: messages and checkpoints wait for its end. */
const LONGEST = 24
const MOST = 16
/** Least milliseconds of training left that are worth another compilation of several steps. */
const WORTH = 1500
/** The same of what writing batches will take: a thread and its compilation cost about twice as much, mostly of another core. */
const WORTH_BESIDE = 100
/** A recipe of checkpoints closer than this, in milliseconds, wants to stop anywhere. */
const CLOSE = 100

export interface PaceOptions {
  /** Instead of what the clock says; 1 where batches have several lengths. */
  readonly stepsPerRun?: number
  /** Whether steps run beside the calling thread, instead of what the clock says. */
  readonly ahead?: boolean
}

/** How many steps of `ms` milliseconds make a run; 1 where there is nothing to gain. */
export const stepsPerRun = (ms: number): number => (ms < SHORT ? Math.max(1, Math.min(MOST, Math.floor(LONGEST / ms))) : 1)

/** The steps do the same however they are gathered in runs and wherever they run, bit for bit: the pace may follow the clock. */
export class Pace implements AsyncDisposable {
  /** One for each length. */
  readonly #steps: readonly TrainStep[]
  readonly #fixed: PaceOptions
  #least = Infinity
  #measured = 0
  /** Milliseconds of runs and of what was waited for batches. */
  #ran = 0
  #waited = 0
  #several: SeveralSteps | null = null
  #making: Promise<void> | null = null
  /** What a thread has compiled meanwhile: taken where no run is under way. */
  #made: SeveralSteps | readonly BackgroundStep[] | null = null
  #stopped = false
  #turn = 0

  constructor(steps: readonly TrainStep[], fixed: PaceOptions = {}) {
    this.#steps = steps
    this.#fixed = fixed
  }

  /** The next run from `step`, of `inEpoch` steps at most; `left` are those of the whole session. While a run is under way it gives another. */
  async next(step: TrainStep, inEpoch: number, left: number, checkpointEveryMs?: number): Promise<Run> {
    if (!this.#making && !this.#stopped) {
      const making = (this.#making = this.#begin(left, checkpointEveryMs))
      if (this.#fixed.stepsPerRun !== undefined || this.#fixed.ahead !== undefined || this.#measured === 0) await making
    }
    await this.#take()
    const several = this.#several
    const all = several && inEpoch >= several.times ? several.runs : step.runs
    return all[this.#turn++ % all.length] as Run
  }

  /** A run of `steps` took so long, and `waited` milliseconds went by before it. */
  took(ms: number, waited: number, steps: number): void {
    this.#measured++
    this.#least = Math.min(this.#least, ms / steps)
    this.#ran += ms
    this.#waited += waited
  }

  /** Compiles in a thread, beside the runs, what is faster than one step after another in this one. */
  #begin(left: number, checkpointEveryMs: number | undefined): Promise<void> | null {
    const { stepsPerRun: fixedTimes, ahead } = this.#fixed
    const [first, ...others] = this.#steps
    if (!first?.graph) return null
    const { graph, built, batch } = first
    const work = stepWork(built.network, batch)
    if (fixedTimes === undefined && ahead === undefined) {
      if (this.#measured === 0 && startsBeside(work, left)) return this.#make(async () => beside(this.#steps))
      if (this.#measured < MEASURED) return null
    }
    const ms = left * this.#least
    const worth = ms >= WORTH && (checkpointEveryMs === undefined || checkpointEveryMs >= CLOSE)
    const times = others.length > 0 ? 1 : (fixedTimes ?? (worth ? stepsPerRun(this.#least) : 1))
    if (times > 1) return this.#make(async () => SeveralSteps.create(first, graph, times))
    const known = isLongStep(work) || this.#measured >= MEASURED_LONG
    const pays = fixedTimes === undefined && known && (this.#waited / this.#ran) * ms >= WORTH_BESIDE
    return (ahead ?? pays) ? this.#make(async () => beside(this.#steps)) : null
  }

  /** Where the system gives no thread, or one that rounds in another way, runs stay as they are. */
  async #make(create: () => Promise<SeveralSteps | readonly BackgroundStep[]>): Promise<void> {
    const made = await create().catch(() => [])
    const same = made instanceof SeveralSteps ? made.flushes : made.every((program) => program.flushes)
    if (this.#stopped || same !== flushes()) await discard(made)
    else this.#made = made
  }

  async #take(): Promise<void> {
    const made = this.#made
    this.#made = null
    if (made instanceof SeveralSteps) this.#several = made
    else if (made) for (const [i, program] of made.entries()) await this.#steps[i]?.moveTo(program)
  }

  /** One step a run from here on. */
  async stop(): Promise<void> {
    this.#stopped = true
    await this.#making
    const [several, made] = [this.#several, this.#made]
    this.#several = this.#made = null
    await several?.[Symbol.asyncDispose]()
    if (made) await discard(made)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop()
  }
}

/** All of them in one thread, on weights that they share. */
async function beside(steps: readonly TrainStep[]): Promise<readonly BackgroundStep[]> {
  const whole = steps.flatMap(({ graph, built, batch, form }) => (graph ? [{ graph, plan: built, batch, times: 1, threads: programThreads(form, built.network, batch) }] : []))
  return whole.length === steps.length ? BackgroundStep.create(wholeJobs(whole)) : []
}

async function discard(made: SeveralSteps | readonly BackgroundStep[]): Promise<void> {
  for (const each of made instanceof SeveralSteps ? [made] : made) await each[Symbol.asyncDispose]()
}
