// The compiled training step: buffers to fill, and run(), which moves weights and optimizer state one step on.
import { pack, unpack } from '../compile/blocked/order.ts'
import { tensor, type Tensor } from '../compile/program.ts'
import { LatheError } from '../contract/errors.ts'
import type { TrainConfig } from '../contract/recipe.ts'
import type { TensorData } from '../data/types.ts'
import type { Graph } from '../graph/graph.ts'
import { product } from '../layers/shapes.ts'
import { BackgroundStep } from './background-step.ts'
import type { BatchBuffers } from './batches.ts'
import type { CompiledStep, Form, StepProgram } from './compile-step.ts'
import { chooseStep, type FormOptions } from './form.ts'
import { alone, type Place } from './place.ts'
import { backgroundRuns, foregroundRun, slotOf, type Holder, type Run, type Steps } from './run.ts'
import type { StepPlan } from './step-parts.ts'

/** State vector that holds the average of the weights; it is saved as the weights of a checkpoint. */
const AVERAGE = 'average'
/** Name under which a checkpoint keeps the weights being trained, where its weights are their average. */
export const ITERATE = 'iterate'

/** Numbers in `StepStats`. */
const STATS = 3

export interface StepStats {
  /** Mean loss of the batch with label smoothing: what is minimised, regularisation apart. */
  readonly objective: number
  /** Sum of the plain loss over the real rows. */
  readonly lossSum: number
  /** Rows that were right, as the task counts them. */
  readonly correct: number
}

/** Buffers are allocated once and fed as they are. Weights and state returned by one run are the inputs of the next. */
export class TrainStep implements Holder {
  readonly batch: number
  readonly built: StepPlan
  /** The step as one graph; null where it is cut in parts. */
  readonly graph: Graph | null
  readonly form: Form
  readonly config: TrainConfig
  #program: StepProgram
  #runs: readonly Run[] = []
  /** Whether vectors may lie where the run after the next writes. */
  #transient = false
  /** Weights and states as they are now. */
  readonly #moving: Record<string, Tensor> = {}
  /** Vectors in standard order that were asked for, by those in the step's own. */
  readonly #unpacked = new WeakMap<Tensor, Float32Array>()

  static async create(config: TrainConfig, classes: number, batch: number, options: FormOptions = {}): Promise<TrainStep> {
    return new TrainStep(config, await chooseStep(config, classes, batch, options))
  }

  private constructor(config: TrainConfig, { plan, graph, program, fed, batch, form }: CompiledStep) {
    this.config = config
    this.#program = program
    this.built = plan
    this.graph = graph
    this.form = form
    this.batch = batch
    this.#use(program, fed)
    this.load(plan.network.initialWeights(config.seed), {})
  }

  /**
   * Sets weights and optimizer state as `weights` and `optimizerState` gave them; states that are missing start at zero,
   * an average at the weights. Arrays are not changed by runs.
   */
  load(weights: Float32Array, optimizer: Readonly<Record<string, Float32Array>>): void {
    const { network, state, stretches } = this.built
    const set = (name: string, data: Float32Array): void => {
      if (data.length !== network.size) throw new LatheError('corrupt', `checkpoint: '${name}' has ${data.length} numbers, this model needs ${network.size}`)
      this.#moving[name] = tensor('float32', stretches.length > 0 ? pack(data, stretches) : data, [network.size])
    }
    set('weights', (this.#averages ? optimizer[ITERATE] : undefined) ?? weights)
    for (const name of state) set(name, name === AVERAGE ? weights : (optimizer[name] ?? new Float32Array(network.size)))
  }

  /** Overwrites parameters that are not trained, by name, as they are from here on. */
  set(values: Readonly<Record<string, Float32Array>>): void {
    const { network, stretches } = this.built
    if (Object.keys(values).length === 0) return
    for (const vector of ['weights', ...(this.#averages ? [AVERAGE] : [])]) {
      const data = Float32Array.from(this.#standard(vector))
      let at = 0
      for (const { name, shape, trainable } of network.parameters) {
        if (!trainable && values[name]) data.set(values[name], at)
        at += product(shape)
      }
      this.#moving[vector] = tensor('float32', stretches.length > 0 ? pack(data, stretches) : data, [network.size])
    }
  }

  /** What can be written and run in turn: two where the next batch can be written while a step is under way. */
  get runs(): readonly Run[] {
    return this.#runs
  }

  /** Features and targets of the task, by name, as the first of `runs` reads them. */
  get buffers(): Readonly<Record<string, TensorData>> {
    return this.#first.buffers
  }

  /** 1 for real rows, 0 for padding; of the first run. */
  get rows(): Float32Array {
    return this.#first.rows
  }

  /** Empty without dropout; of the first run. */
  get masks(): Uint8Array {
    return this.#first.masks
  }

  /** Goes on with `program`, which does the same; the one before is over. */
  async moveTo(program: BackgroundStep): Promise<void> {
    const before = this.#program
    this.#use(program, {})
    await before[Symbol.asyncDispose]()
  }

  /** One step on what the buffers hold; a number for `place` is that of an update of its own, from 1. */
  async run(at: number | Place, lr: number): Promise<StepStats> {
    const [run] = this.#runs
    run?.start([{ place: typeof at === 'number' ? alone(at, this.config.momentum) : at, lr }])
    const [stats] = (await run?.finish()) ?? []
    if (!stats) throw new LatheError('internal', 'the training step gave no statistics')
    return stats
  }

  /** Scalars, weights and states for a run of `steps`. */
  feeds(steps: Steps): Record<string, Tensor> {
    const { optimizer, placeScalars } = this.built
    const scalars = Float32Array.from(steps.flatMap(({ place, lr }) => [...optimizer.at(place.update, lr, { ...this.config, momentum: place.momentum }), ...placeScalars.map((name) => place[name])]))
    return { ...this.#moving, scalars: tensor('float32', scalars, [scalars.length]) }
  }

  /** Goes on from what a run of one or more steps gave, good until the run after the next where it is `transient`; returns what is told of each. */
  advance(out: Readonly<Record<string, Tensor>>, transient = false): StepStats[] {
    this.#transient ||= transient
    for (const name of this.vectors) this.#moving[name] = take(out, `${name}_next`)
    const numbers = take(out, 'stats').data as Float32Array
    return Array.from({ length: numbers.length / STATS }, (_, i) => {
      const [objective = NaN, lossSum = NaN, correct = NaN] = numbers.subarray(i * STATS)
      return { objective, lossSum, correct }
    })
  }

  /** What one step hands on to the next: weights and states. */
  get vectors(): readonly string[] {
    return ['weights', ...this.built.state]
  }

  /** Takes weights and states from `other`, a step of the same network on rows of another length, which has none until it follows in turn. */
  follow(other: TrainStep): void {
    this.#transient ||= other.#transient
    for (const name of this.vectors) {
      this.#moving[name] = take(other.#moving, name)
      Reflect.deleteProperty(other.#moving, name)
    }
  }

  /** Takes back the run after this, when it is called before the next. */
  keep(): () => void {
    const kept = { ...this.#moving }
    return () => { Object.assign(this.#moving, kept) }
  }

  /** The weights to use, flat: the average where the recipe averages, else those being trained. Never changed afterwards. */
  get weights(): Float32Array {
    return this.#standard(this.#averages ? AVERAGE : 'weights')
  }

  /** The weights being trained. */
  get iterate(): Float32Array {
    return this.#standard('weights')
  }

  /** The weights being trained as they are now, for after the next run: costs nothing until it is called. */
  keepIterate(): () => Float32Array {
    const kept = take(this.#moving, 'weights')
    return () => this.#inStandardOrder(kept)
  }

  /** All else that resuming needs, by name; with an average also the weights being trained. */
  get optimizerState(): Record<string, Float32Array> {
    const own = this.built.state.filter((name) => name !== AVERAGE).map((name) => [name, this.#standard(name)] as const)
    return { ...Object.fromEntries(own), ...(this.#averages && { [ITERATE]: this.iterate }) }
  }

  #standard(name: string): Float32Array {
    return this.#inStandardOrder(take(this.#moving, name))
  }

  #inStandardOrder(value: Tensor): Float32Array {
    const data = value.data as Float32Array
    if (this.built.stretches.length === 0) return this.#transient ? data.slice() : data
    const known = this.#unpacked.get(value)
    if (known) return known
    const made = unpack(data, this.built.stretches)
    this.#unpacked.set(value, made)
    return made
  }

  get #first(): BatchBuffers {
    const slot = this.#runs[0]?.slots[0]
    if (!slot) throw new LatheError('internal', 'the training step has no buffers')
    return slot
  }

  #use(program: StepProgram, fed: Readonly<Record<string, Tensor>>): void {
    this.#program = program
    this.#runs = program instanceof BackgroundStep ? backgroundRuns(program, this, 1) : [foregroundRun([slotOf(fed)], (steps) => { const feeds = { ...fed, ...this.feeds(steps) }; return async () => this.advance(await program.run(feeds)) })]
  }

  get #averages(): boolean {
    return this.built.state.includes(AVERAGE)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#program[Symbol.asyncDispose]()
  }
}

function take(tensors: Readonly<Record<string, Tensor>>, name: string): Tensor {
  const found = tensors[name]
  if (!found) throw new LatheError('internal', `the training step has no tensor '${name}'`)
  return found
}
