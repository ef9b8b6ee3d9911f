// Integrated gradients: gradients averaged on the straight way from a baseline (a black image, silence, no word) to the sample, times the difference.
// Sundararajan, Taly and Yan, "Axiomatic attribution for deep networks", ICML 2017.
import { z } from 'zod'
import { gradients } from '../../autodiff/gradients.ts'
import { Program, tensor } from '../../compile/program.ts'
import { Graph } from '../../graph/graph.ts'
import { product } from '../../layers/shapes.ts'
import { add, mul, reduceSum, reshape, sub } from '../../ops/build.ts'
import type { Attribution, Explainable, ExplainMethod, MapRequest, PreparedMethod } from '../method.ts'
import { featureFeeds, floats, foldMap, parseOptions, targetFeed, weightFeeds } from '../support.ts'

const options = z.strictObject({
  /** Points on the way; doubled while the convergence gap is over `tolerance`. */
  steps: z.int().min(2).max(4096).default(64),
  maxSteps: z.int().min(2).max(16384).default(2048),
  tolerance: z.number().positive().default(0.01),
})
type Options = z.infer<typeof options>

/** Points that one run of the program takes. */
const CHUNK = 32

export const integratedGradients: ExplainMethod = {
  title: 'Integrated gradients',
  description: 'How much each pixel, word or moment adds to or takes from the logit of the class, against a blank; the parts sum up to the whole',
  source: 'Sundararajan, Taly and Yan, "Axiomatic attribution for deep networks", ICML 2017',
  tasks: null,
  signed: true,
  options,
  prepare: async (model, given) => {
    const parsed = parseOptions('integrated-gradients', options, given)
    const graph = build(model)
    return new Prepared(model, parsed, graph, await Program.create(graph))
  },
}

/**
 * Inputs: `x` [1, …], the features [CHUNK, …], `positions` and `shares` [CHUNK], `target` [1, targets].
 * Outputs: `gradient` [1, …] = Σ share · ∂logit/∂x at baseline + position · (x − baseline), and `scores` [CHUNK].
 * The midpoint rule: of a ReLU network the gradient is constant in pieces, where rules of higher order gain nothing.
 */
function build(model: Explainable): Graph {
  const graph = new Graph('integrated gradients')
  const shape = [1, ...model.shape]
  const x = graph.input('x', 'float32', shape)
  const positions = graph.input('positions', 'float32', [CHUNK])
  const shares = graph.input('shares', 'float32', [CHUNK])
  const target = graph.input('target', 'float32', [1, model.targets])
  const baseline = graph.constant(baselineOf(model), 'float32', shape)
  const points = add(baseline, mul(reshape(positions, [CHUNK, ...model.shape.map(() => 1)]), sub(x, baseline)))
  const scores = model.build(graph, points, target).score
  const [gradient] = gradients(reduceSum(mul(scores, shares)), [points])
  if (gradient) graph.output('gradient', reduceSum(gradient, [0], true))
  graph.output('scores', scores)
  return graph
}

const baselineOf = ({ map, shape }: Explainable): Float32Array => map.baseline ?? new Float32Array(product(shape))

/** Weighted sum of gradients at `positions`, and the scores there; at most CHUNK positions. */
type Run = (positions: readonly number[], shares: readonly number[]) => Promise<{ readonly gradient: Float32Array; readonly scores: Float32Array }>

class Prepared implements PreparedMethod {
  readonly #model: Explainable
  readonly #options: Options
  readonly #graph: Graph
  readonly #program: Program

  constructor(model: Explainable, parsed: Options, graph: Graph, program: Program) {
    this.#model = model
    this.#options = parsed
    this.#graph = graph
    this.#program = program
  }

  async attribute(request: MapRequest): Promise<Attribution> {
    const { steps: first, maxSteps, tolerance } = this.#options
    const run = this.#runner(request)
    const [whole = 0, none = 0] = (await run([1, 0], [0, 0])).scores
    const change = whole - none
    // For comparisons one run of the program is enough.
    for (let steps = request.exact ? first : Math.min(first, CHUNK); ; steps *= 2) {
      const attributions = await this.#integrate(steps, request, run)
      let sum = 0
      for (const a of attributions) sum += a
      // Where the score does not change at all there is nothing to divide by: the sum itself tells.
      const gap = Math.abs(sum - change) / (Math.abs(change) > 1e-6 ? Math.abs(change) : 1)
      if (!request.exact || gap <= tolerance || steps * 2 > maxSteps) return { map: foldMap(this.#model, attributions, (sum, a) => sum + a), completenessGap: gap }
    }
  }

  #runner({ x, features, target, weights }: MapRequest): Run {
    const fixed = { ...featureFeeds(this.#model, features, CHUNK), x: tensor('float32', x, [1, ...this.#model.shape]), target: targetFeed(this.#model, target), ...weightFeeds(this.#graph, this.#program, weights) }
    return async (positions, shares) => {
      const padded = (values: readonly number[]): Float32Array => {
        const out = new Float32Array(CHUNK)
        out.set(values)
        return out
      }
      const out = await this.#program.run({ ...fixed, positions: tensor('float32', padded(positions), [CHUNK]), shares: tensor('float32', padded(shares), [CHUNK]) })
      return { gradient: floats(out, 'gradient'), scores: floats(out, 'scores') }
    }
  }

  /** Attributions of every element, summed in double precision. */
  async #integrate(steps: number, { x, signal, onProgress }: MapRequest, run: Run): Promise<Float64Array> {
    const sum = new Float64Array(x.length)
    for (let start = 0; start < steps; start += CHUNK) {
      signal?.throwIfAborted()
      const count = Math.min(CHUNK, steps - start)
      const positions = Array.from({ length: count }, (_, i) => (start + i + 0.5) / steps)
      const { gradient } = await run(positions, positions.map(() => 1 / steps))
      for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + (gradient[i] ?? 0)
      onProgress(start + count, steps)
    }
    const baseline = baselineOf(this.#model)
    return sum.map((g, i) => g * ((x[i] ?? 0) - (baseline[i] ?? 0)))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#program[Symbol.asyncDispose]()
  }
}
