// Evaluator: batched inference with padding, from pixels to probabilities and losses.
import { Program, tensor, type Tensor } from '../compile/program.ts'
import { LatheError } from '../contract/errors.ts'
import type { TrainConfig } from '../contract/recipe.ts'
import type { ImageSet } from '../data/types.ts'
import { Graph } from '../graph/graph.ts'
import { argMaxOf, type Predictions } from '../metrics/predictions.ts'
import { network, type Network } from '../models/network.ts'
import { logSoftmax, softmax } from '../ops/build.ts'
import { normalise } from '../tasks/preprocess.ts'
import { buildFlat } from './flat-network.ts'
import { threadsFor } from './threads.ts'

export interface EvaluateOptions {
  /** Called after each batch; a throw ends the evaluation. */
  readonly onBatch?: (done: number, total: number) => void
}

/**
 * Inputs: `pixels` uint8 [batch, h, w, C], `weights` float [P].
 * Outputs: `probabilities` and `log_probabilities` float [batch, classes].
 */
export function buildInference(config: TrainConfig, net: Network, batch: number | string): Graph {
  const { input } = config
  const graph = new Graph('inference')
  const pixels = graph.input('pixels', 'uint8', [batch, input.height, input.width, input.channels])
  const weights = graph.input('weights', 'float32', [net.size])
  const { logits } = buildFlat(graph, net, weights, graph.in('preprocess', () => normalise(pixels, input)), { training: false })
  graph.output('probabilities', softmax(logits, 1))
  graph.output('log_probabilities', logSoftmax(logits, 1))
  return graph
}

/** One compiled program for any number of evaluations. Static batch: the last one is padded and cut. */
export class Evaluator {
  readonly #program: Program
  readonly #batch: number
  readonly #classes: number
  readonly #size: number
  readonly #pixels: Uint8Array
  readonly #pixelTensor: Tensor

  static async create(config: TrainConfig, classes: number, options: { readonly batch?: number; readonly threads?: number } = {}): Promise<Evaluator> {
    const batch = Math.max(1, options.batch ?? 128)
    const net = network(config, classes)
    const threads = options.threads ?? threadsFor(batch * net.multiplyAdds)
    const program = await Program.create(buildInference(config, net, batch), threads === undefined ? {} : { threads })
    return new Evaluator(config, classes, batch, net.size, program)
  }

  private constructor(config: TrainConfig, classes: number, batch: number, size: number, program: Program) {
    const { height, width, channels } = config.input
    this.#program = program
    this.#batch = batch
    this.#classes = classes
    this.#size = size
    this.#pixels = new Uint8Array(batch * height * width * channels)
    this.#pixelTensor = tensor('uint8', this.#pixels, [batch, height, width, channels])
  }

  /** `weights`: flat, in the network's parameter order. */
  async run(weights: Float32Array, set: ImageSet, options: EvaluateOptions = {}): Promise<Predictions> {
    if (weights.length !== this.#size) throw new LatheError('corrupt', `checkpoint: ${weights.length} weights, this model needs ${this.#size}`)
    const [K, B, n] = [this.#classes, this.#batch, set.count]
    const result = { classes: K, count: n, ids: set.ids, labels: set.labels, predicted: new Int32Array(n), probabilities: new Float32Array(n * K), losses: new Float32Array(n).fill(NaN) }
    const feeds = { pixels: this.#pixelTensor, weights: tensor('float32', weights, [weights.length]) }
    for (let start = 0; start < n; start += B) {
      const rows = Math.min(B, n - start)
      const indices = Int32Array.from({ length: rows }, (_, i) => start + i)
      set.gather(indices, this.#pixels)
      const out = await this.#program.run(feeds)
      const probabilities = values(out, 'probabilities')
      const logs = values(out, 'log_probabilities')
      result.probabilities.set(probabilities.subarray(0, rows * K), start * K)
      for (let i = 0; i < rows; i++) {
        const label = set.labels[start + i] ?? -1
        if (label >= 0) result.losses[start + i] = -(logs[i * K + label] ?? NaN)
        result.predicted[start + i] = argMaxOf(probabilities, i * K, K)
      }
      options.onBatch?.(start + rows, n)
    }
    return result
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#program[Symbol.asyncDispose]()
  }
}

function values(out: Readonly<Record<string, Tensor>>, name: string): Float32Array {
  const found = out[name]
  if (!found) throw new LatheError('internal', `inference has no output '${name}'`)
  return found.data as Float32Array
}
