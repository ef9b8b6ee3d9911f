// Training steps that run in threads of their own, whole or in parts: the calling thread writes the next batch meanwhile.
import type { Place, SharedTensors } from '../compile/parallel/shared-tensors.ts'
import { Team } from '../compile/parallel/team.ts'
import type { Tensor } from '../compile/program.ts'
import { jobOf, type BackgroundJobs } from './background-jobs.ts'
import type { StepProgram } from './compile-step.ts'
import { bySides, type Sides } from './sides.ts'

/** What several steps have in common: threads, weights and states. */
interface Common {
  readonly team: Team
  readonly sides: Sides
  readonly scalars: Float32Array
  /** Steps that are still of use. */
  inUse: number
}

/**
 * Weights and states are kept twice in shared memory, and a step reads one side and writes the other: of what it gives, vectors are good until
 * the run after the next.
 */
export class BackgroundStep implements StepProgram {
  readonly transient = true
  /** Features, targets, `rows` and `masks`: one set can be written while a run reads another. */
  readonly sets: readonly Readonly<Record<string, Tensor>>[]
  readonly #common: Common
  readonly #number: number
  readonly #told: Readonly<Record<string, Tensor>>
  #side = 0

  /** One for each step of the jobs. Throws LatheError `graph`. */
  static async create({ shared, sets, sides, told, members }: BackgroundJobs): Promise<BackgroundStep[]> {
    const team = await Team.create(members, shared)
    const common: Common = { team, sides: bySides(Object.keys(sides[0] ?? {}), (name, side) => viewsOf(shared, sides[side] ?? {})[name] as Tensor), scalars: shared.tensors['scalars']?.data as Float32Array, inUse: sets.length }
    return sets.map((own, i) => new BackgroundStep(common, i, own.map((set) => viewsOf(shared, set)), viewsOf(shared, told[i] ?? {})))
  }

  private constructor(common: Common, number: number, sets: readonly Readonly<Record<string, Tensor>>[], told: Readonly<Record<string, Tensor>>) {
    this.#common = common
    this.#number = number
    this.sets = sets
    this.#told = told
  }

  /** Whether denormal numbers count as zero in its threads: else their sums may differ from the calling thread's in the last bits. */
  get flushes(): boolean {
    return this.#common.team.flushes
  }

  /** Milliseconds of the last run. */
  get took(): number {
    return this.#common.team.took
  }

  /** Begins the step on what set `set` holds, which must not be written before `finish`. Of `feeds` scalars, weights and states are taken. */
  start(set: number, feeds: Readonly<Record<string, Tensor>>): void {
    const { team, sides, scalars } = this.#common
    this.#side = sides.enter(feeds)
    scalars.set(feeds['scalars']?.data as Float32Array)
    team.start(jobOf(this.#number, set, this.#side))
  }

  /** Waits for it, on the calling thread's time. Throws LatheError `graph`. */
  async finish(): Promise<Record<string, Tensor>> {
    await this.#common.team.finish()
    return { ...this.#told, ...this.#common.sides.leave(1 - this.#side) }
  }

  /** On what the first set holds. */
  async run(feeds: Readonly<Record<string, Tensor>>): Promise<Record<string, Tensor>> {
    this.start(0, feeds)
    return this.finish()
  }

  /** Threads end with the last of the steps that share them. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (--this.#common.inUse === 0) await this.#common.team[Symbol.asyncDispose]()
  }
}

const viewsOf = (shared: SharedTensors, places: Readonly<Record<string, Place>>): Record<string, Tensor> => Object.fromEntries(Object.entries(places).map(([name, place]) => [name, shared.view(place)]))
