// One session of a run: the state that moves with each step, and how it becomes metrics and checkpoints.
import type { MetricPoint } from '../contract/events.ts'
import { learningRate } from '../schedules/rate.ts'
import { firstBadParameter, diverged } from './callbacks/divergence.ts'
import type { Batches } from './batches.ts'
import type { Prepared } from './prepare.ts'
import { noSums, type Position, type Sums } from './position.ts'
import type { Length } from './lengths.ts'
import type { Pace } from './pace.ts'
import type { PaddedSteps } from './padded-steps.ts'
import type { TrainStep } from './step.ts'
import type { CheckpointInfo, TrainOptions, TrainState } from './types.ts'
import { weightsHash } from './weights-hash.ts'

export class Session implements AsyncDisposable {
  readonly options: TrainOptions
  readonly batches: Batches
  position: Position
  /** Step of the last checkpoint saved or resumed from. */
  savedStep: number | null
  savedAt = performance.now()
  /** Milliseconds that the last save took. */
  saveCost = 0
  /** What is written for the run after this one. */
  ahead: Prepared | null = null
  #steps: PaddedSteps

  constructor(options: TrainOptions, steps: PaddedSteps, batches: Batches, position: Position) {
    this.options = options
    this.#steps = steps
    this.batches = batches
    this.position = position
    this.savedStep = options.resume ? position.step : null
  }

  /** The step that holds the weights. */
  get step(): TrainStep {
    return this.#steps.step
  }

  get pace(): Pace {
    return this.#steps.pace
  }

  /** The step for batches of a length. */
  stepOf(length: Length): TrainStep {
    return this.#steps.of(length)
  }

  /** Goes on with `step`, one of them. */
  turnTo(step: TrainStep): void {
    this.#steps.turnTo(step)
  }

  get parameters(): TrainState['parameters'] {
    return this.step.built.network.parameters.map(({ name, shape }) => ({ name, shape }))
  }

  /** The state as it stands; arrays are shared, not copied: a step makes new ones. */
  state(): TrainState {
    const { step, epoch, generator } = this.position
    this.position.generator = { seed: generator.seed, shuffle: epoch, augment: epoch, dropout: step }
    return { parameters: this.parameters, weights: this.step.weights, optimizer: this.step.optimizerState, position: structuredClone(this.position) }
  }

  /** Learning rate of step `step` (0-based) of a run of `total`. */
  rate(step: number, total: number): number {
    return learningRate(this.options.config, step, total, this.batches.perEpoch, this.position.schedule)
  }

  hash(): string {
    return weightsHash(this.step.built.network.parameters, this.step.weights)
  }

  /** Latest metrics, and the best checkpoint's under `best/…`. */
  metrics(): Record<string, number> {
    const best = Object.entries(this.position.best?.metrics ?? {}).map(([name, value]) => [`best/${name}`, value] as const)
    return { ...this.position.metrics, ...Object.fromEntries(best) }
  }

  /** Never saves weights that are not finite: throws LatheError `diverged` instead. */
  async save(kind: 'last' | 'best'): Promise<void> {
    const bad = firstBadParameter(this.parameters, this.step.weights) ?? firstBadParameter(this.parameters, this.step.iterate)
    const { step, epoch } = this.position
    if (bad !== null) throw diverged({ step, epoch: epoch + 1, tensor: bad, value: NaN, config: this.options.config, lastGoodStep: this.savedStep })
    const start = performance.now()
    const info: CheckpointInfo = { epoch, step, metrics: this.metrics(), weightsHash: this.hash() }
    await this.options.save(kind, this.state(), info)
    this.savedAt = performance.now()
    this.saveCost = this.savedAt - start
    this.savedStep = step
  }

  /** Remembers the latest values and emits them as points of this moment. */
  record(values: Readonly<Record<string, number>>): void {
    Object.assign(this.position.metrics, values)
    this.options.emit({ type: 'metrics', points: this.points(values) })
  }

  points(values: Readonly<Record<string, number>>): MetricPoint[] {
    const { step } = this.position
    const at = Date.now()
    return Object.entries(values).map(([name, value]) => ({ name, step, epoch: step / this.batches.perEpoch, value, at }))
  }

  addToSums(loss: number, correct: number, rows: number): void {
    for (const sums of [this.position.epochSums, this.position.windowSums]) {
      sums.loss += loss
      sums.correct += correct
      sums.rows += rows
    }
  }

  /** Returns the window's sums and starts a new one. */
  takeWindow(): Sums {
    const taken = this.position.windowSums
    this.position.windowSums = noSums()
    return taken
  }

  /** Goes on with other steps that hold the same weights. */
  async replace(steps: PaddedSteps): Promise<void> {
    this.ahead = null
    await this[Symbol.asyncDispose]()
    this.#steps = steps
  }

  /** Ends the steps too. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#steps[Symbol.asyncDispose]()
  }
}
