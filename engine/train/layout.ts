// In which layout a training step runs: blocked where that can be, or as was measured for this machine and recipe; kept with the run.
import { createHash } from 'node:crypto'
import { availableParallelism, cpus } from 'node:os'
import { blockSize } from '../compile/blocked/probe.ts'
import { Program, tensor, type Tensor } from '../compile/program.ts'
import type { TrainConfig } from '../contract/recipe.ts'
import { Random } from '../data/random.ts'
import { product } from '../layers/shapes.ts'
import { network } from '../models/network.ts'
import { buildTrainStep, type StepGraph } from './step-graph.ts'
import { threadsFor } from './threads.ts'

/** Block of the blocked layout; 0 is the standard one. */
export type Layout = number

/** Remembers what was measured for longer than a process lasts: a choice that is measured anew could change from run to run, and with it the last bits of the weights. */
export interface Tuning {
  get(key: string): Layout | undefined
  set(key: string, layout: Layout): unknown
}

export interface LayoutOptions {
  readonly threads?: number
  readonly classWeights?: readonly number[] | null
  /** Of a run that goes on; chosen where left out. */
  readonly layout?: Layout
  /** Where the choice is measured and kept; without it blocks are taken wherever they can be. */
  readonly tuning?: Tuning
}

export interface CompiledStep {
  readonly built: StepGraph
  readonly program: Program
  /** Of ONNX Runtime; undefined is the compiler's choice. */
  readonly threads: number | undefined
  /** The one in use: standard where no part of the network can be blocked, or the block asked for is not this machine's. */
  readonly layout: Layout
}

/** Runs timed of each form after one that is not, turn by turn. */
const ROUNDS = 3
/** The blocked form is taken unless it is slower than this: a choice that hangs on noise would differ from run to run. */
const MARGIN = 1.1

/**
 * Builds and compiles the step. Where `layout` is left out it is blocked if ORT has blocks here and a convolution fits them (measured:
 * 0.4 to 0.7 of the standard time), unless `tuning` says otherwise; what that does not know yet is timed in both forms.
 */
export async function compileStep(config: TrainConfig, classes: number, batch: number, options: LayoutOptions = {}): Promise<CompiledStep> {
  const compile = async (layout: Layout): Promise<CompiledStep> => {
    const built = buildTrainStep(config, classes, batch, options.classWeights ?? null, layout)
    // Backward costs about twice the forward pass.
    const threads = options.threads ?? threadsFor(3 * batch * built.network.multiplyAdds)
    return { built, threads, layout: built.stretches.length > 0 ? layout : 0, program: await Program.create(built.graph, threads === undefined ? {} : { threads }) }
  }
  if (options.layout === 0 || !network(config, classes).parameters.some((p) => p.shape.length === 4)) return compile(0)
  const block = await blockSize()
  if (block === 0 || (options.layout !== undefined && options.layout !== block)) return compile(0)
  const { tuning } = options
  if (options.layout === block || !tuning) return compile(block)
  const key = keyOf(config, classes, batch, options)
  const known = tuning.get(key)
  if (known === 0 || known === block) return compile(known)
  const blocked = await compile(block)
  if (blocked.layout === 0) return blocked
  const standard = await compile(0)
  const [mine, other] = await race(blocked, standard, config, batch)
  const [better, worse] = mine <= MARGIN * other ? [blocked, standard] : [standard, blocked]
  await worse.program[Symbol.asyncDispose]()
  tuning.set(key, better.layout)
  return better
}

/** Least milliseconds of a step of each, on random pixels. */
async function race(a: CompiledStep, b: CompiledStep, config: TrainConfig, batch: number): Promise<[number, number]> {
  const least: [number, number] = [Infinity, Infinity]
  const feeds = [a, b].map((form) => trialFeeds(form, config, batch))
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [i, form] of [a, b].entries()) {
      const start = performance.now()
      await form.program.run(feeds[i] ?? {})
      if (round > 0) least[i === 0 ? 0 : 1] = Math.min(least[i === 0 ? 0 : 1], performance.now() - start)
    }
  }
  return least
}

function trialFeeds({ built, program }: CompiledStep, config: TrainConfig, batch: number): Record<string, Tensor> {
  const random = new Random(config.seed, 'sample')
  const weights = built.network.initialWeights(config.seed)
  const feeds: Record<string, Tensor> = {}
  for (const { name, dtype, shape } of program.inputs) {
    const sizes = shape.map(Number)
    const n = product(sizes)
    if (dtype === 'uint8') feeds[name] = tensor(dtype, Uint8Array.from({ length: n }, () => random.int(name === 'masks' ? 2 : 256)), sizes)
    else if (dtype === 'int64') feeds[name] = tensor(dtype, new BigInt64Array(n), sizes)
    else if (name === 'weights') feeds[name] = tensor(dtype, weights, sizes)
    else feeds[name] = tensor(dtype, new Float32Array(n).fill(name === 'rows' ? 1 : name === 'scalars' ? 1 / batch : 0), sizes)
  }
  return feeds
}

/** What decides speed: processor, threads, and all of the recipe that shapes the graph. */
function keyOf(config: TrainConfig, classes: number, batch: number, { threads }: LayoutOptions): string {
  const { seed: _seed, epochs: _epochs, lr: _lr, schedule: _schedule, earlyStopping: _stopping, ...shape } = config
  return createHash('sha256').update(JSON.stringify([cpus()[0]?.model ?? '', availableParallelism(), threads ?? null, classes, batch, shape])).digest('hex').slice(0, 32)
}
