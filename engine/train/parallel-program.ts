// A training step in parts: the calling thread runs one, threads of their own the others, and the calling thread the update.
import { BackgroundProgram } from '../compile/parallel/background-program.ts'
import { SharedTensors } from '../compile/parallel/shared-tensors.ts'
import { Program, type Tensor } from '../compile/program.ts'
import { LatheError } from '../contract/errors.ts'
import type { StepProgram } from './compile-step.ts'
import type { ParallelGraphs } from './parallel-graph.ts'

const ALONE = { threads: 1 } as const

/** Of the plan: what is fed, and how many numbers the weights have. */
export interface Programs extends Pick<ParallelGraphs, 'parts' | 'update'> {
  readonly plan: Pick<ParallelGraphs['plan'], 'tensors' | 'maskBytes'> & { readonly network: { readonly size: number } }
}

export class ParallelProgram implements StepProgram {
  /** Features, targets, `rows` and `masks` of the whole batch, in memory that all parts read. */
  readonly fed: Readonly<Record<string, Tensor>>
  readonly #weights: Float32Array
  readonly #own: Program
  readonly #others: readonly BackgroundProgram[]
  readonly #update: Program

  /** Throws LatheError `graph`. */
  static async create({ plan, parts: [first, ...rest], update }: Programs, batch: number): Promise<ParallelProgram> {
    if (!first) throw new LatheError('internal', 'a step in parts has none')
    const { network, tensors, maskBytes } = plan
    const shared = SharedTensors.create({
      ...Object.fromEntries(Object.entries(tensors).map(([name, { dtype, shape }]) => [name, { dtype, shape: [batch, ...shape] }] as const)),
      rows: { dtype: 'float32', shape: [batch] },
      weights: { dtype: 'float32', shape: [network.size] },
      ...(maskBytes > 0 && { masks: { dtype: 'uint8', shape: [maskBytes] } as const }),
    })
    await using made = new AsyncDisposableStack()
    const starting = Promise.all(rest.map(async (graph) => made.use(await BackgroundProgram.create(graph, shared))))
    const [own, finish] = [made.use(await Program.create(first, ALONE)), made.use(await Program.create(update, ALONE))]
    const others = await starting
    made.move()
    return new ParallelProgram(shared, own, others, finish)
  }

  private constructor({ tensors: { weights, ...fed } }: SharedTensors, own: Program, others: readonly BackgroundProgram[], update: Program) {
    this.fed = fed
    this.#weights = weights?.data as Float32Array
    this.#own = own
    this.#others = others
    this.#update = update
  }

  /** `feeds` of the whole step; those of the batch are `fed`, as they stand. */
  async run(feeds: Readonly<Record<string, Tensor>>): Promise<Record<string, Tensor>> {
    this.#weights.set(feeds['weights']?.data as Float32Array)
    for (const other of this.#others) other.start()
    // Waiting blocks this thread: its own part comes first. None is left running, whichever fails.
    const own = await Promise.allSettled([this.#own.run(pick(feeds, this.#own))])
    const others = await Promise.allSettled(this.#others.map((other) => other.finish()))
    const shares = [...own, ...others].flatMap((result, i) => {
      if (result.status === 'rejected') throw result.reason
      return Object.entries(result.value).map(([name, value]) => [`${name}_${i}`, value] as const)
    })
    return this.#update.run({ ...pick(feeds, this.#update), ...Object.fromEntries(shares) })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const program of [this.#own, this.#update, ...this.#others]) await program[Symbol.asyncDispose]()
  }
}

/** What `program` takes of `feeds`. */
const pick = (feeds: Readonly<Record<string, Tensor>>, { inputs }: Program): Record<string, Tensor> => Object.fromEntries(inputs.flatMap(({ name }) => (feeds[name] ? [[name, feeds[name]]] : [])))
