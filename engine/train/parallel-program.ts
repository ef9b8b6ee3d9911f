// A training step in parts: the calling thread runs one, threads of their own the others; then each updates its stretch of the weights, or the calling thread all of them.
import { BackgroundProgram } from '../compile/parallel/background-program.ts'
import type { Place, SharedTensors } from '../compile/parallel/shared-tensors.ts'
import { Program, type Tensor } from '../compile/program.ts'
import { LatheError } from '../contract/errors.ts'
import type { Graph } from '../graph/graph.ts'
import type { StepProgram } from './compile-step.ts'
import { parallelJobs, placeOf, sided, type Programs } from './parallel-jobs.ts'
import { bySides, type Sides } from './sides.ts'

const ALONE = { threads: 1, optimize: false } as const

/** What the calling thread runs of one of the two: tensors in their places. */
interface Own {
  readonly program: Program
  readonly feeds: Readonly<Record<string, Tensor>>
  readonly into: Readonly<Record<string, Tensor>>
}

/**
 * Weights and states are kept twice in shared memory, and a step reads one side and writes the other: of what it gives, vectors are good until
 * the run after the next.
 */
export class ParallelProgram implements StepProgram {
  readonly transient = true
  /** Features, targets, `rows` and `masks` of the whole batch, in memory that all parts read. */
  readonly fed: Readonly<Record<string, Tensor>>
  readonly #sides: Sides
  readonly #scalars: Float32Array
  /** By side. */
  readonly #parts: readonly Own[]
  readonly #updates: readonly Own[]
  readonly #others: readonly BackgroundProgram[]
  /** Whether the others do a stretch of the update. */
  readonly #divided: boolean

  /** Throws LatheError `graph`. */
  static async create(programs: Programs, batch: number): Promise<ParallelProgram> {
    const { shared, fed, vectors, told, jobs: [own = [], ...theirs], divided } = parallelJobs(programs, batch)
    await using made = new AsyncDisposableStack()
    const starting = Promise.all(theirs.map(async (jobs) => made.use(await BackgroundProgram.create(jobs, shared))))
    const views = (places: Readonly<Record<string, Place>>): Record<string, Tensor> => Object.fromEntries(Object.entries(places).map(([name, place]) => [name, shared.view(place)]))
    const compiled = new Map<Graph, Program>()
    const mine: Own[] = []
    for (const { graph, inputs, outputs } of own) {
      const program = compiled.get(graph) ?? made.use(await Program.create(graph, ALONE))
      compiled.set(graph, program)
      mine.push({ program, feeds: views(inputs), into: views(Object.fromEntries(Object.entries(outputs).filter(([name]) => !told.includes(name)))) })
    }
    const others = await starting
    made.move()
    return new ParallelProgram(shared, fed, bySides(vectors, (name, side) => shared.view(placeOf(shared, sided(name, side)))), mine, others, divided)
  }

  private constructor(shared: SharedTensors, fed: readonly string[], sides: Sides, own: readonly Own[], others: readonly BackgroundProgram[], divided: boolean) {
    this.fed = Object.fromEntries(fed.flatMap((name) => (shared.tensors[name] ? [[name, shared.tensors[name]]] : [])))
    this.#scalars = shared.tensors['scalars']?.data as Float32Array
    this.#sides = sides
    ;[this.#parts, this.#updates] = [own.slice(0, 2), own.slice(2)]
    this.#others = others
    this.#divided = divided
  }

  /** `feeds` of the whole step; those of the batch are `fed`, as they stand. */
  async run(feeds: Readonly<Record<string, Tensor>>): Promise<Record<string, Tensor>> {
    const side = this.#sides.enter(feeds)
    this.#scalars.set(feeds['scalars']?.data as Float32Array)
    await this.#together(this.#parts[side], this.#others, side)
    const out = await this.#together(this.#updates[side], this.#divided ? this.#others : [], 2 + side)
    return { ...out, ...this.#sides.leave(1 - side) }
  }

  /** Waiting blocks this thread: its own share comes first. None is left running, whichever fails. */
  async #together(own: Own | undefined, others: readonly BackgroundProgram[], job: number): Promise<Record<string, Tensor>> {
    if (!own) throw new LatheError('internal', 'a step in parts has no program of its own')
    for (const other of others) other.start(job)
    const [mine] = await Promise.allSettled([own.program.run(own.feeds, own.into)])
    for (const result of [mine, ...(await Promise.allSettled(others.map((other) => other.finish())))]) if (result.status === 'rejected') throw result.reason
    return mine.status === 'fulfilled' ? mine.value : {}
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const program of new Set([...this.#parts, ...this.#updates].map((own) => own.program))) await program[Symbol.asyncDispose]()
    for (const other of this.#others) await other[Symbol.asyncDispose]()
  }
}
