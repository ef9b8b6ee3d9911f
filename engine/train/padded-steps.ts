// The compiled steps of a run, one for each length that its batches are padded to: they hand weights and states on to one another.
import { LatheError } from '../contract/errors.ts'
import type { TrainConfig } from '../contract/recipe.ts'
import type { Form } from './compile-step.ts'
import { keptForm, type FormOptions } from './form.ts'
import { paddedTo, type Length } from './lengths.ts'
import { Pace } from './pace.ts'
import { TrainStep } from './step.ts'

export interface PaddedStepsOptions extends FormOptions {
  /** Lengths besides the full one. */
  readonly shorter: readonly number[]
  /** Of one run of ONNX Runtime, where all batches have the full length. Else each step is a run of its own: the next batch seldom has the same length. */
  readonly stepsPerRun?: number
}

export class PaddedSteps implements AsyncDisposable {
  readonly form: Form
  readonly #all: ReadonlyMap<Length, { readonly step: TrainStep; readonly pace: Pace }>
  #current: { readonly step: TrainStep; readonly pace: Pace }

  /** All in the form of the longest, which is chosen. */
  static async create(config: TrainConfig, classes: number, batch: number, { shorter, stepsPerRun, ...options }: PaddedStepsOptions): Promise<PaddedSteps> {
    await using made = new AsyncDisposableStack()
    const full = made.use(await TrainStep.create(config, classes, batch, options))
    const steps = new Map<Length, TrainStep>([[null, full]])
    for (const length of shorter) {
      const step = made.use(await TrainStep.create(paddedTo(config, length), classes, batch, { ...options, ...keptForm(full.form, options.threads) }))
      if (step.built.stretches.length > 0) throw new LatheError('internal', `a step padded to ${length} has weights in blocks: they could not be handed on`)
      steps.set(length, step)
    }
    made.move()
    return new PaddedSteps(steps, full, shorter.length > 0 ? 1 : stepsPerRun)
  }

  private constructor(steps: ReadonlyMap<Length, TrainStep>, full: TrainStep, stepsPerRun: number | undefined) {
    this.#all = new Map([...steps].map(([length, step]) => [length, { step, pace: new Pace(step, stepsPerRun) }]))
    this.#current = this.#of(null)
    this.form = full.form
  }

  /** The one that holds the weights. */
  get step(): TrainStep {
    return this.#current.step
  }

  get pace(): Pace {
    return this.#current.pace
  }

  /** Goes on with the step of that length. */
  turnTo(length: Length): void {
    const next = this.#of(length)
    if (next === this.#current) return
    next.step.follow(this.#current.step)
    this.#current = next
  }

  #of(length: Length): { readonly step: TrainStep; readonly pace: Pace } {
    const found = this.#all.get(length)
    if (!found) throw new LatheError('internal', `no step was compiled for batches padded to ${length ?? 'the full length'}`)
    return found
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { step, pace } of this.#all.values()) {
      await pace.stop()
      await step[Symbol.asyncDispose]()
    }
  }
}
