// SinglePass: methods whose whole map is one run of one graph with inputs `x` and `target` and output `map`.
import { Program, tensor } from '../compile/program.ts'
import type { Graph } from '../graph/graph.ts'
import type { Attribution, Explainable, MapRequest, PreparedMethod } from './method.ts'
import { floats, imageShape, targetFeed, weightFeeds } from './support.ts'

export class SinglePass implements PreparedMethod {
  readonly #model: Explainable
  readonly #graph: Graph
  readonly #program: Program

  static async create(model: Explainable, graph: Graph): Promise<SinglePass> {
    return new SinglePass(model, graph, await Program.create(graph))
  }

  private constructor(model: Explainable, graph: Graph, program: Program) {
    this.#model = model
    this.#graph = graph
    this.#program = program
  }

  async attribute({ x, target, weights, signal, onProgress }: MapRequest): Promise<Attribution> {
    signal?.throwIfAborted()
    const out = await this.#program.run({ x: tensor('float32', x, imageShape(this.#model.input)), target: targetFeed(this.#model, target), ...weightFeeds(this.#graph, this.#program, weights) })
    onProgress(1, 1)
    return { map: Float32Array.from(floats(out, 'map')), completenessGap: null }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#program[Symbol.asyncDispose]()
  }
}
