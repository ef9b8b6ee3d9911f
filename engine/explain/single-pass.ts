// SinglePass: methods whose whole map comes of one run of one graph with inputs `x` and `target` and output `map`.
import { Program, tensor } from '../compile/program.ts'
import type { Graph } from '../graph/graph.ts'
import type { Attribution, Explainable, MapRequest, PreparedMethod } from './method.ts'
import { featureFeeds, floats, targetFeed, weightFeeds } from './support.ts'

export class SinglePass implements PreparedMethod {
  readonly #model: Explainable
  readonly #graph: Graph
  readonly #program: Program
  readonly #fold: (values: Float32Array) => Float32Array

  /** `fold`: from the output to the map. */
  static async create(model: Explainable, graph: Graph, fold: (values: Float32Array) => Float32Array): Promise<SinglePass> {
    return new SinglePass(model, graph, await Program.create(graph), fold)
  }

  private constructor(model: Explainable, graph: Graph, program: Program, fold: (values: Float32Array) => Float32Array) {
    this.#model = model
    this.#graph = graph
    this.#program = program
    this.#fold = fold
  }

  async attribute({ x, features, target, weights, signal, onProgress }: MapRequest): Promise<Attribution> {
    signal?.throwIfAborted()
    const out = await this.#program.run({ ...featureFeeds(this.#model, features, 1), x: tensor('float32', x, [1, ...this.#model.shape]), target: targetFeed(this.#model, target), ...weightFeeds(this.#graph, this.#program, weights) })
    onProgress(1, 1)
    return { map: this.#fold(floats(out, 'map')), completenessGap: null }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#program[Symbol.asyncDispose]()
  }
}
