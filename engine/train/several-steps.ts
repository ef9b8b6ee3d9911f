// Several training steps as one run of ONNX Runtime: the same numbers as one by one, without moving weights in and out in between.
import { blockSize } from '../compile/blocked/probe.ts'
import { faster } from '../compile/passes/index.ts'
import type { Graph } from '../graph/graph.ts'
import { product } from '../layers/shapes.ts'
import { wholeJobs } from './background-jobs.ts'
import { BackgroundStep } from './background-step.ts'
import { backgroundRuns, type Run } from './run.ts'
import type { TrainStep } from './step.ts'
import { programThreads } from './threads.ts'

export class SeveralSteps implements AsyncDisposable {
  readonly times: number
  readonly runs: readonly Run[]
  readonly #program: BackgroundStep

  /** Compiles `times` steps of what `step` does one of, its `graph`, in a thread of their own. The step stays what holds the weights. Throws LatheError `graph`. */
  static async create(step: TrainStep, graph: Graph, times: number): Promise<SeveralSteps> {
    const { built, batch, form } = step
    const chain = new Map(step.vectors.map((name) => [name, `${name}_next`]))
    const made = faster(graph, times, chain, built.network.parameters.map((p) => product(p.shape)), await blockSize())
    const [program] = await BackgroundStep.create(wholeJobs([{ graph: made, plan: built, batch, times, threads: programThreads(form, built.network, batch) }]))
    return new SeveralSteps(step, times, program as BackgroundStep)
  }

  private constructor(step: TrainStep, times: number, program: BackgroundStep) {
    this.times = times
    this.#program = program
    this.runs = backgroundRuns(program, step, times)
  }

  /** Whether its numbers are those of steps in the calling thread. */
  get flushes(): boolean {
    return this.#program.flushes
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#program[Symbol.asyncDispose]()
  }
}
