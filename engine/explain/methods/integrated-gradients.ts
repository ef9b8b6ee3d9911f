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
import { Way, type Stretch } from '../way.ts'

const options = z.strictObject({
  /** Points on the way to begin with; more are put where the gradient changes while the convergence gap is over `tolerance`. */
  steps: z.int().min(2).max(4096).default(64),
  maxSteps: z.int().min(2).max(16384).default(2048),
  tolerance: z.number().positive().default(0.01),
})
type Options = z.infer<typeof options>

/** Points that one run of the program takes. */
const CHUNK = 32
/** Bytes of gradients kept at a time. */
const MEMORY = 128 * 2 ** 20

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
 * Inputs: `x` [1, …], the features [CHUNK, …], `positions` [CHUNK], `target` [1, targets].
 * Outputs: `gradients` [CHUNK, …] = ∂score/∂x at baseline + position · (x − baseline), and `scores` [CHUNK].
 */
function build(model: Explainable): Graph {
  const graph = new Graph('integrated gradients')
  const shape = [1, ...model.shape]
  const x = graph.input('x', 'float32', shape)
  const positions = graph.input('positions', 'float32', [CHUNK])
  const target = graph.input('target', 'float32', [1, model.targets])
  const baseline = graph.constant(baselineOf(model), 'float32', shape)
  const points = add(baseline, mul(reshape(positions, [CHUNK, ...model.shape.map(() => 1)]), sub(x, baseline)))
  const scores = model.build(graph, points, target).score
  const [gradient] = gradients(reduceSum(scores), [points])
  if (gradient) graph.output('gradients', gradient)
  graph.output('scores', scores)
  return graph
}

const baselineOf = ({ map, shape }: Explainable): Float32Array => map.baseline ?? new Float32Array(product(shape))

/** Positions to scores, and to gradients with their products with x − baseline. */
type Run = (positions: readonly number[]) => Promise<readonly Omit<Stretch, 'width'>[]>

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
    const { steps, maxSteps, tolerance } = this.#options
    const { x, exact } = request
    const run = this.#runner(request)
    // For comparisons one run of the program is enough.
    const first = exact ? steps : Math.min(steps, CHUNK - 2)
    const most = exact ? Math.max(first, Math.min(maxSteps, Math.floor(MEMORY / x.byteLength))) : first
    const [end, start, ...points] = await run([1, 0, ...Array.from({ length: first }, (_, i) => (i + 0.5) / first)])
    const way = new Way(start?.score ?? 0, end?.score ?? 0, points.map((point) => ({ ...point, width: 1 / first })))
    while (way.gap() > tolerance && way.length + 2 <= most) {
      const worst = way.worst(Math.min(CHUNK, most - way.length) >> 1)
      const third = (i: number): number => (way.stretches[i]?.width ?? 0) / 3
      const added = await run(worst.flatMap((i) => [-third(i), third(i)].map((move) => (way.stretches[i]?.position ?? 0) + move)))
      way.split(worst, added)
    }
    const baseline = baselineOf(this.#model)
    const attributions = way.integral(x.length).map((g, i) => g * ((x[i] ?? 0) - (baseline[i] ?? 0)))
    return { map: foldMap(this.#model, attributions, (sum, a) => sum + a), completenessGap: way.gap() }
  }

  #runner({ x, features, target, weights, signal, onProgress }: MapRequest): Run {
    const fixed = { ...featureFeeds(this.#model, features, CHUNK), x: tensor('float32', x, [1, ...this.#model.shape]), target: targetFeed(this.#model, target), ...weightFeeds(this.#graph, this.#program, weights) }
    const baseline = baselineOf(this.#model)
    let done = 0
    return async (positions) => {
      const found: Omit<Stretch, 'width'>[] = []
      for (let at = 0; at < positions.length; at += CHUNK) {
        signal?.throwIfAborted()
        const some = positions.slice(at, at + CHUNK)
        const padded = new Float32Array(CHUNK)
        padded.set(some)
        const out = await this.#program.run({ ...fixed, positions: tensor('float32', padded, [CHUNK]) })
        const [all, scores] = [floats(out, 'gradients'), floats(out, 'scores')]
        some.forEach((position, row) => {
          const gradient = all.slice(row * x.length, (row + 1) * x.length)
          let slope = 0
          for (let i = 0; i < x.length; i++) slope += (gradient[i] ?? 0) * ((x[i] ?? 0) - (baseline[i] ?? 0))
          found.push({ position, score: scores[row] ?? 0, slope, gradient })
        })
        onProgress((done += some.length), done + positions.length - at - some.length)
      }
      return found
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#program[Symbol.asyncDispose]()
  }
}
