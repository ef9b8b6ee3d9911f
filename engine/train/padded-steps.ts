// The compiled steps of a run, one for each length that its batches are padded to: they hand weights and states on to one another.
import { LatheError } from '../contract/errors.ts'
import type { TrainConfig } from '../contract/recipe.ts'
import type { Form } from './compile-step.ts'
import { keptForm, type FormOptions } from './form.ts'
import { paddedTo, type Length } from './lengths.ts'
import { Pace, type PaceOptions } from './pace.ts'
import { TrainStep } from './step.ts'

export interface PaddedStepsOptions extends FormOptions, PaceOptions {
  /** Lengths besides the full one. */
  readonly shorter: readonly number[]
}

export class PaddedSteps implements AsyncDisposable {
  readonly form: Form
  readonly pace: Pace
  readonly #all: ReadonlyMap<Length, TrainStep>
  #current: TrainStep

  /** All in the form of the longest, which is chosen. */
  static async create(config: TrainConfig, classes: number, batch: number, { shorter, stepsPerRun, ahead, ...options }: PaddedStepsOptions): Promise<PaddedSteps> {
    await using made = new AsyncDisposableStack()
    const full = made.use(await TrainStep.create(config, classes, batch, options))
    const steps = new Map<Length, TrainStep>([[null, full]])
    for (const length of shorter) {
      const step = made.use(await TrainStep.create(paddedTo(config, length), classes, batch, { ...options, ...keptForm(full.form, options.threads) }))
      if (step.built.stretches.length > 0) throw new LatheError('internal', `a step padded to ${length} has weights in blocks: they could not be handed on`)
      steps.set(length, step)
    }
    made.move()
    return new PaddedSteps(steps, full, { ...(stepsPerRun !== undefined && { stepsPerRun }), ...(ahead !== undefined && { ahead }) })
  }

  private constructor(steps: ReadonlyMap<Length, TrainStep>, full: TrainStep, pace: PaceOptions) {
    this.#all = steps
    this.#current = full
    this.form = full.form
    this.pace = new Pace([...steps.values()], pace)
  }

  /** The one that holds the weights. */
  get step(): TrainStep {
    return this.#current
  }

  /** That for batches of a length. */
  of(length: Length): TrainStep {
    const found = this.#all.get(length)
    if (!found) throw new LatheError('internal', `no step was compiled for batches padded to ${length ?? 'the full length'}`)
    return found
  }

  /** Goes on with `step`, one of these. */
  turnTo(step: TrainStep): void {
    if (step === this.#current) return
    step.follow(this.#current)
    this.#current = step
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.pace[Symbol.asyncDispose]()
    for (const step of this.#all.values()) await step[Symbol.asyncDispose]()
  }
}
