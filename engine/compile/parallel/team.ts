// Team: threads that do a job together, stage by stage, while the calling thread does something else.
import { BackgroundProgram, type Job } from './background-program.ts'
import { SharedTensors } from './shared-tensors.ts'
import { MEETING } from './signal.ts'

export class Team implements AsyncDisposable {
  readonly #members: readonly BackgroundProgram[]

  /** Jobs of each member: all have the same number of them, and the jobs of a number the same stages. Throws LatheError `graph`. */
  static async create(members: readonly (readonly Job[])[], shared: SharedTensors): Promise<Team> {
    await using made = new AsyncDisposableStack()
    const meeting = members.length > 1 ? { place: placesOf(SharedTensors.create({ [MEETING]: { dtype: 'int32', shape: [2] } })), members: members.length } : null
    const programs = await Promise.allSettled(members.map(async (jobs) => made.use(await BackgroundProgram.create(jobs, shared, meeting))))
    const team = new Team(programs.map((program) => {
      if (program.status === 'rejected') throw program.reason
      return program.value
    }))
    made.move()
    return team
  }

  private constructor(members: readonly BackgroundProgram[]) {
    this.#members = members
  }

  /** Whether denormal numbers count as zero in all of its threads. */
  get flushes(): boolean {
    return this.#members.every((member) => member.flushes)
  }

  /** Milliseconds of the last job. */
  get took(): number {
    return Math.max(...this.#members.map((member) => member.took))
  }

  /** Begins job `number` on what its inputs hold. They must not be written before `finish`. */
  start(number: number): void {
    for (const member of this.#members) member.start(number)
  }

  /** Waits for all, on the calling thread's time, whichever fails. Throws LatheError `graph`. */
  async finish(): Promise<void> {
    const ends = await Promise.allSettled(this.#members.map((member) => member.finish()))
    for (const end of ends) if (end.status === 'rejected') throw end.reason
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#members.map((member) => member[Symbol.asyncDispose]()))
  }
}

const placesOf = ({ memory, places }: SharedTensors): { memory: SharedTensors['memory']; places: SharedTensors['places'] } => ({ memory, places })
