// The compiled training step: buffers to fill, and run(), which moves weights and optimizer state one step on.
import { Program, tensor, type Tensor } from '../compile/program.ts'
import { LatheError } from '../contract/errors.ts'
import type { TrainConfig } from '../contract/recipe.ts'
import { alone, type Place } from './place.ts'
import { buildTrainStep, type StepGraph } from './step-graph.ts'
import { threadsFor } from './threads.ts'

/** State vector that holds the average of the weights; it is saved as the weights of a checkpoint. */
const AVERAGE = 'average'
/** Name under which a checkpoint keeps the weights being trained, where its weights are their average. */
export const ITERATE = 'iterate'

export interface StepStats {
  /** Mean loss of the batch with label smoothing: what is minimised, regularisation apart. */
  readonly objective: number
  /** Sum of the plain loss over the real rows. */
  readonly lossSum: number
  /** Rows whose largest logit is the label's. */
  readonly correct: number
}

/** Buffers are allocated once and fed as they are. Weights and state returned by one run are the inputs of the next. */
export class TrainStep {
  readonly batch: number
  readonly pixels: Uint8Array
  readonly labels: BigInt64Array
  /** 1 for real rows, 0 for padding. */
  readonly rows: Float32Array
  /** Empty without dropout. */
  readonly masks: Uint8Array
  readonly built: StepGraph
  readonly #program: Program
  readonly #config: TrainConfig
  readonly #scalars: Float32Array
  readonly #feeds: Record<string, Tensor>

  static async create(config: TrainConfig, classes: number, batch: number, options: { readonly threads?: number; readonly classWeights?: readonly number[] | null } = {}): Promise<TrainStep> {
    const built = buildTrainStep(config, classes, batch, options.classWeights ?? null)
    // Backward costs about twice the forward pass.
    const threads = options.threads ?? threadsFor(3 * batch * built.network.multiplyAdds)
    return new TrainStep(config, batch, built, await Program.create(built.graph, threads === undefined ? {} : { threads }))
  }

  private constructor(config: TrainConfig, batch: number, built: StepGraph, program: Program) {
    const { height, width, channels } = config.input
    this.#config = config
    this.#program = program
    this.built = built
    this.batch = batch
    this.pixels = new Uint8Array(batch * height * width * channels)
    this.labels = new BigInt64Array(batch)
    this.rows = new Float32Array(batch)
    this.masks = new Uint8Array(built.maskBytes)
    this.#scalars = new Float32Array(built.optimizer.scalars.length + built.placeScalars.length)
    this.#feeds = {
      pixels: tensor('uint8', this.pixels, [batch, height, width, channels]),
      labels: tensor('int64', this.labels, [batch]),
      rows: tensor('float32', this.rows, [batch]),
      scalars: tensor('float32', this.#scalars, [this.#scalars.length]),
      ...(built.maskBytes > 0 && { masks: tensor('uint8', this.masks, [built.maskBytes]) }),
    }
    this.load(built.network.initialWeights(config.seed), {})
  }

  /**
   * Sets weights and optimizer state as `weights` and `optimizerState` gave them; states that are missing start at zero,
   * an average at the weights. Arrays are not changed by runs.
   */
  load(weights: Float32Array, optimizer: Readonly<Record<string, Float32Array>>): void {
    const { network, state } = this.built
    const set = (name: string, data: Float32Array): void => {
      if (data.length !== network.size) throw new LatheError('corrupt', `checkpoint: '${name}' has ${data.length} numbers, this model needs ${network.size}`)
      this.#feeds[name] = tensor('float32', data, [network.size])
    }
    set('weights', (this.#averages ? optimizer[ITERATE] : undefined) ?? weights)
    for (const name of state) set(name, name === AVERAGE ? weights : (optimizer[name] ?? new Float32Array(network.size)))
  }

  /** One step on what the buffers hold; a number for `place` is that of an update of its own, from 1. */
  async run(at: number | Place, lr: number): Promise<StepStats> {
    const place = typeof at === 'number' ? alone(at) : at
    const { optimizer, placeScalars } = this.built
    this.#scalars.set([...optimizer.at(place.update, lr, this.#config), ...placeScalars.map((name) => place[name])])
    const out = await this.#program.run(this.#feeds)
    for (const name of ['weights', ...this.built.state]) this.#feeds[name] = take(out, `${name}_next`)
    const [objective = NaN, lossSum = NaN, correct = NaN] = take(out, 'stats').data as Float32Array
    return { objective, lossSum, correct }
  }

  /** The weights to use, flat: the average where the recipe averages, else those being trained. Never changed afterwards. */
  get weights(): Float32Array {
    return take(this.#feeds, this.#averages ? AVERAGE : 'weights').data as Float32Array
  }

  /** The weights being trained. */
  get iterate(): Float32Array {
    return take(this.#feeds, 'weights').data as Float32Array
  }

  /** All else that resuming needs, by name; with an average also the weights being trained. */
  get optimizerState(): Record<string, Float32Array> {
    const own = this.built.state.filter((name) => name !== AVERAGE).map((name) => [name, take(this.#feeds, name).data as Float32Array] as const)
    return { ...Object.fromEntries(own), ...(this.#averages && { [ITERATE]: this.iterate }) }
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
