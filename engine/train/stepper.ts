// Stepper: the exported side of a network with its weights, run on any number of rows: what sequences are made with, token by token.
import { Program, tensor, type Tensor } from '../compile/program.ts'
import { LatheError } from '../contract/errors.ts'
import type { TrainConfig } from '../contract/recipe.ts'
import type { TensorData, TensorSpec } from '../data/types.ts'
import { Graph } from '../graph/graph.ts'
import { network } from '../models/network.ts'
import { task } from '../tasks/index.ts'
import { buildFlat } from './flat-network.ts'

export class Stepper implements AsyncDisposable {
  readonly #program: Program
  readonly #specs: Readonly<Record<string, TensorSpec>>
  readonly #weights: Tensor

  /** `weights`: flat, in the network's parameter order. */
  static async create(config: TrainConfig, classes: number, weights: Float32Array, options: { readonly threads?: number } = {}): Promise<Stepper> {
    const definition = task(config.task)
    const net = network(config, classes)
    if (weights.length !== net.size) throw new LatheError('corrupt', `checkpoint: ${weights.length} weights, this model needs ${net.size}`)
    const specs = definition.features(config)
    const graph = new Graph('step')
    const features = Object.fromEntries(Object.entries(specs).map(([name, { dtype, shape }]) => [name, graph.input(name, dtype, ['N', ...shape])]))
    const flat = graph.input('weights', 'float32', [net.size])
    const inputs = graph.in('preprocess', () => definition.preprocess(features, config))
    const { outputs } = buildFlat(graph, net, flat, inputs, { training: false })
    const request = { outputs, features, targets: null, config, classes }
    const given = definition.exported.graphOutputs?.(request) ?? definition.predict(request)
    for (const [name, value] of Object.entries(given)) graph.output(name, value)
    return new Stepper(await Program.create(graph, options.threads === undefined ? {} : { threads: options.threads }), specs, weights)
  }

  private constructor(program: Program, specs: Readonly<Record<string, TensorSpec>>, weights: Float32Array) {
    this.#program = program
    this.#specs = specs
    this.#weights = tensor('float32', weights, [weights.length])
  }

  /** Features of `rows` rows, one after another, by name; those that the outputs do not depend on may be there too. */
  async run(features: Readonly<Record<string, TensorData>>, rows: number): Promise<Readonly<Record<string, Tensor>>> {
    const feeds: Record<string, Tensor> = { weights: this.#weights }
    for (const { name } of this.#program.inputs) {
      const [spec, data] = [this.#specs[name], features[name]]
      if (spec && data) feeds[name] = tensor(spec.dtype, data, [rows, ...spec.shape])
    }
    return await this.#program.run(feeds)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#program[Symbol.asyncDispose]()
  }
}
