// Evaluator: batched inference with padding, from rows of a data set to the task's outputs and its loss.
import { Program, tensor, type Tensor } from '../compile/program.ts'
import { LatheError } from '../contract/errors.ts'
import type { TrainConfig } from '../contract/recipe.ts'
import { allocate, type DataSet, type TensorData, type TensorSpec } from '../data/types.ts'
import { Graph, type Value } from '../graph/graph.ts'
import { network, type Network } from '../models/network.ts'
import { concat, reduceMean, reshape } from '../ops/build.ts'
import { task } from '../tasks/index.ts'
import type { RawOutputs } from '../tasks/task.ts'
import { buildFlat } from './flat-network.ts'
import { inferenceInputs } from './task-inputs.ts'
import { threadsFor } from './threads.ts'

export interface EvaluateOptions {
  /** Called after each batch; a throw ends the evaluation. */
  readonly onBatch?: (done: number, total: number) => void
}

export interface Inference {
  /** For all rows. */
  readonly outputs: RawOutputs
  /** Labelled rows, and over them the sums of the plain loss and of what the task counts as right. */
  readonly labelled: number
  readonly loss: number
  readonly correct: number
}

/** Output of the loss and of what is right: no task has an output of this name. */
const SUMS = 'sums of the batch'
/** Output of what the last layer reads. */
export const FEATURES = 'features of the last layer'

/**
 * Inputs: the task's features and targets [batch, …], `rows` float [batch], `weights` float [P].
 * Outputs: the task's, and two sums over the rows that count; `withFeatures` also a vector a row, of what the last layer reads.
 */
export function buildInference(config: TrainConfig, net: Network, batch: number, withFeatures = false): { graph: Graph; tensors: Readonly<Record<string, TensorSpec>> } {
  const definition = task(config.task)
  const graph = new Graph('inference')
  const { features, targets, specs } = inferenceInputs(graph, config, net.classes, batch)
  const rows = graph.input('rows', 'float32', [batch])
  const weights = graph.input('weights', 'float32', [net.size])
  const inputs = graph.in('preprocess', () => definition.preprocess(features, config))
  const { outputs, features: last } = buildFlat(graph, net, weights, inputs, { training: false })
  if (withFeatures && last) graph.output(FEATURES, vectorOf(last))
  const request = { outputs, features, targets, config, classes: net.classes }
  for (const [name, value] of Object.entries(definition.predict(request))) graph.output(name, value)
  const { sum, correct } = definition.loss({ ...request, rows, classWeights: null })
  graph.output(SUMS, concat([sum, correct].map((v) => reshape(v, [1])), 0))
  return { graph, tensors: specs }
}

/** [N, F]: the mean over places [N, F, h, w], or over steps [N, T, F]. */
function vectorOf(x: Value): Value {
  const rank = x.shape.length
  return rank > 3 ? reduceMean(x, x.shape.map((_, i) => i).slice(2), false) : rank === 3 ? reduceMean(x, [1], false) : x
}

/** One compiled program for any number of evaluations. Static batch: the last one is padded and cut. */
export class Evaluator {
  readonly #program: Program
  readonly #batch: number
  readonly #size: number
  readonly #buffers: Readonly<Record<string, TensorData>>
  readonly #rows: Float32Array
  readonly #feeds: Readonly<Record<string, Tensor>>

  static async create(config: TrainConfig, classes: number, options: { readonly batch?: number; readonly threads?: number; readonly features?: boolean } = {}): Promise<Evaluator> {
    const batch = Math.max(1, options.batch ?? 128)
    const net = network(config, classes)
    const threads = options.threads ?? threadsFor(2 * batch * net.multiplyAdds)
    const { graph, tensors } = buildInference(config, net, batch, options.features)
    const program = await Program.create(graph, threads === undefined ? {} : { threads })
    return new Evaluator(tensors, batch, net.size, program)
  }

  private constructor(tensors: Readonly<Record<string, TensorSpec>>, batch: number, size: number, program: Program) {
    this.#program = program
    this.#batch = batch
    this.#size = size
    this.#buffers = Object.fromEntries(Object.entries(tensors).map(([name, spec]) => [name, allocate(spec, batch)]))
    this.#rows = new Float32Array(batch)
    this.#feeds = {
      ...Object.fromEntries(Object.entries(tensors).map(([name, { dtype, shape }]) => [name, tensor(dtype, this.#buffers[name] ?? new Float32Array(), [batch, ...shape])])),
      rows: tensor('float32', this.#rows, [batch]),
    }
  }

  /** `weights`: flat, in the network's parameter order. */
  async run(weights: Float32Array, set: DataSet, options: EvaluateOptions = {}): Promise<Inference> {
    if (weights.length !== this.#size) throw new LatheError('corrupt', `checkpoint: ${weights.length} weights, this model needs ${this.#size}`)
    const [B, n] = [this.#batch, set.count]
    const gathered = new Map<string, { shape: number[]; data: TensorData }>()
    const feeds = { ...this.#feeds, weights: tensor('float32', weights, [weights.length]) }
    const sums = { labelled: 0, loss: 0, correct: 0 }
    for (let start = 0; start < n; start += B) {
      const rows = Math.min(B, n - start)
      set.fill(Int32Array.from({ length: rows }, (_, i) => start + i), this.#buffers, null)
      for (let i = 0; i < B; i++) this.#rows[i] = i < rows && (set.labels[start + i] ?? -1) >= 0 ? 1 : 0
      const { [SUMS]: measured, ...out } = await this.#program.run(feeds)
      for (const [name, value] of Object.entries(out)) store(gathered, name, value, { start, rows, batch: B, count: n })
      const [loss = NaN, correct = NaN] = (measured?.data ?? []) as Float32Array
      const labelled = this.#rows.reduce((a, b) => a + b, 0)
      if (labelled > 0) {
        sums.labelled += labelled
        sums.loss += loss
        sums.correct += correct
      }
      options.onBatch?.(start + rows, n)
    }
    return { outputs: Object.fromEntries(gathered), ...sums }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#program[Symbol.asyncDispose]()
  }
}

function store(into: Map<string, { shape: number[]; data: TensorData }>, name: string, value: Tensor, { start, rows, batch, count }: { start: number; rows: number; batch: number; count: number }): void {
  const [first, ...shape] = value.shape.map(Number)
  if (first !== batch) throw new LatheError('internal', `inference: output '${name}' is [${value.shape.join(', ')}], expected a batch of ${batch} in front`)
  const data = value.data as TensorData
  const size = data.length / batch
  let all = into.get(name)
  if (!all) {
    all = { shape, data: allocate({ dtype: value.dtype as TensorSpec['dtype'], shape }, count) }
    into.set(name, all)
  }
  all.data.set(data.subarray(0, rows * size) as never, start * size)
}
