// Several training steps as one run of ONNX Runtime: the same numbers as one by one, without moving weights in and out in between.
import { blockSize } from '../compile/blocked/probe.ts'
import { faster } from '../compile/passes/index.ts'
import { Program, tensor, type Tensor } from '../compile/program.ts'
import { allocate, type TensorData } from '../data/types.ts'
import type { Graph } from '../graph/graph.ts'
import { product } from '../layers/shapes.ts'
import type { BatchBuffers } from './batches.ts'
import type { Run, Steps } from './pace.ts'
import type { StepStats, TrainStep } from './step.ts'
import { stepWork, threadsFor } from './threads.ts'

export class SeveralSteps implements Run, AsyncDisposable {
  readonly times: number
  readonly slots: readonly BatchBuffers[]
  readonly #step: TrainStep
  readonly #program: Program
  readonly #scalars: Float32Array
  readonly #feeds: Readonly<Record<string, Tensor>>

  /** Compiles `times` steps of what `step` does one of, its `graph`. The step stays what holds the weights. */
  static async create(step: TrainStep, graph: Graph, times: number): Promise<SeveralSteps> {
    const { network } = step.built
    const { threads } = step.form
    const chain = new Map(step.vectors.map((name) => [name, `${name}_next`]))
    const made = faster(graph, times, chain, network.parameters.map((p) => product(p.shape)), await blockSize())
    return new SeveralSteps(step, times, await Program.create(made, { optimize: false, threads: threads ?? threadsFor(stepWork(network, step.batch)) }))
  }

  private constructor(step: TrainStep, times: number, program: Program) {
    const { tensors, maskBytes, optimizer, placeScalars } = step.built
    const { batch } = step
    this.#step = step
    this.#program = program
    this.times = times
    const all = Object.fromEntries(Object.entries(tensors).map(([name, spec]) => [name, allocate(spec, times * batch)]))
    const [rows, masks] = [new Float32Array(times * batch), new Uint8Array(times * maskBytes)]
    this.#scalars = new Float32Array(times * (optimizer.scalars.length + placeScalars.length))
    this.slots = Array.from({ length: times }, (_, k) => ({
      batch,
      buffers: Object.fromEntries(Object.entries(all).map(([name, data]) => [name, part(data, k, times)])),
      rows: rows.subarray(k * batch, (k + 1) * batch),
      masks: masks.subarray(k * maskBytes, (k + 1) * maskBytes),
    }))
    this.#feeds = {
      ...Object.fromEntries(Object.entries(tensors).map(([name, { dtype, shape }]) => [name, tensor(dtype, all[name] ?? rows, [times * batch, ...shape])])),
      rows: tensor('float32', rows, [rows.length]),
      scalars: tensor('float32', this.#scalars, [this.#scalars.length]),
      ...(maskBytes > 0 && { masks: tensor('uint8', masks, [masks.length]) }),
    }
  }

  /** The steps on what the slots hold, one after the other. */
  async run(steps: Steps): Promise<readonly StepStats[]> {
    this.#scalars.set(steps.flatMap(({ place, lr }) => this.#step.scalars(place, lr)))
    return this.#step.advance(await this.#program.run({ ...this.#feeds, ...this.#step.fed(this.#step.vectors) }))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#program[Symbol.asyncDispose]()
  }
}

/** The k-th of `times` equal parts, not copied. */
function part(data: TensorData, k: number, times: number): TensorData {
  const n = data.length / times
  return data.subarray(k * n, (k + 1) * n)
}
