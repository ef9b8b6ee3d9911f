// A training step of a network on sequences, put together from the engine's layers: cross-entropy of the answer, Adam on one flat vector.
import { gradients } from '../../engine/autodiff/gradients.ts'
import { Program, tensor, type Tensor } from '../../engine/compile/program.ts'
import { trainDefaults, type TrainConfig } from '../../engine/contract/recipe.ts'
import { Random } from '../../engine/data/random.ts'
import { Graph, type Value } from '../../engine/graph/graph.ts'
import { layer } from '../../engine/layers/index.ts'
import type { LayerParameter } from '../../engine/layers/layer.ts'
import { product } from '../../engine/layers/shapes.ts'
import { loss } from '../../engine/losses/index.ts'
import { fillParameter } from '../../engine/models/network.ts'
import { add, concat, mul, reduceMean, reshape, slice, split } from '../../engine/ops/build.ts'
import { adam } from '../../engine/optimizers/adam.ts'
import { partedJobs } from '../../engine/train/background-jobs.ts'
import { BackgroundStep } from '../../engine/train/background-step.ts'
import { CLASSES, type SequenceWorkload } from './workloads.ts'

const config = { ...trainDefaults, momentum: 0.9 } as TrainConfig

interface Part {
  readonly name: string
  readonly build: (x: Value, parameter: (name: string) => Value) => Value
  readonly parameters: readonly LayerParameter[]
}

/** The layers with the head behind them, by name. */
function partsOf({ time, features, words, layers }: SequenceWorkload): Part[] {
  let shape: readonly number[] = words > 0 ? [time] : [time, features]
  return [...layers, { type: 'dense', units: CLASSES } as const].map((spec, i) => {
    const name = `${i}-${spec.type}`
    if (spec.type === 'mean') {
      shape = shape.slice(1)
      return { name, parameters: [], build: (x) => reduceMean(x, [1], false) }
    }
    const bound = layer(spec)
    const parameters = bound.parameters(shape)
    shape = bound.outputShape(shape)
    return {
      name,
      parameters,
      build: (x, parameter) => bound.build(x, { parameter, training: true, update: () => undefined, keepMask: () => { throw new Error(`${name}: no dropout here`) } }),
    }
  })
}

export interface SequenceGraph {
  readonly graph: Graph
  readonly parameters: readonly (LayerParameter & { readonly name: string })[]
}

/** Inputs x, labels, scalars, weights, m, v; outputs loss, weights_next, m_next, v_next. */
export function buildSequenceStep(workload: SequenceWorkload): SequenceGraph {
  const parts = partsOf(workload)
  const parameters = parametersOf(parts)
  const g = new Graph('sequence step')
  const weights = g.input('weights', 'float32', [sizeOf(parameters)])
  const { objective, gradient } = lossOf(g, workload, parts, weights, 0, workload.batch)
  g.output('loss', reshape(objective, [1]))
  updated(g, weights, gradient)
  return { graph: g, parameters }
}

/** The same in parts of the batch side by side (`engine/train/background-step.ts`). */
function buildSequenceParts(workload: SequenceWorkload, count: number): { readonly parts: readonly Graph[]; readonly update: Graph } {
  const { batch } = workload
  const layers = partsOf(workload)
  const size = sizeOf(parametersOf(layers))
  const parts = Array.from({ length: count }, (_, i) => {
    const [from, to] = [Math.ceil((i * batch) / count), Math.ceil(((i + 1) * batch) / count)]
    const g = new Graph(`part ${i + 1} of a sequence step`)
    const { objective, gradient } = lossOf(g, workload, layers, g.input('weights', 'float32', [size]), from, to)
    g.output('sums', reshape(objective, [1]))
    g.output('gradient', gradient)
    return g
  })
  const update = new Graph('update of a sequence step')
  const weights = update.input('weights', 'float32', [size])
  const total = (name: string, n: number): Value => parts.map((_, i) => update.input(`${name}_${i}`, 'float32', [n])).reduce((a, b) => add(a, b))
  update.output('loss', total('sums', 1))
  updated(update, weights, total('gradient', size))
  return { parts, update }
}

const parametersOf = (parts: readonly Part[]): SequenceGraph['parameters'] => parts.flatMap((part) => part.parameters.map((p) => ({ ...p, name: `${part.name}.${p.name}` })))
const sizeOf = (parameters: SequenceGraph['parameters']): number => parameters.reduce((sum, p) => sum + product(p.shape), 0)

/** What rows `from` to `to` of the batch add to the mean loss, and its gradient to the flat weights. */
function lossOf(g: Graph, workload: SequenceWorkload, parts: readonly Part[], weights: Value, from: number, to: number): { readonly objective: Value; readonly gradient: Value } {
  const { batch, time, features, words } = workload
  const parameters = parametersOf(parts)
  const sizes = parameters.map((p) => product(p.shape))
  const rows = (v: Value): Value => (to - from === batch ? v : slice(v, { starts: [from], ends: [to], axes: [0] }))
  const x = words > 0 ? g.input('x', 'int64', [batch, time]) : g.input('x', 'float32', [batch, time, features])
  const labels = g.input('labels', 'int64', [batch])
  const own = new Map(split(weights, sizes).map((piece, i) => [parameters[i]?.name ?? '', reshape(piece, parameters[i]?.shape ?? [])]))
  let value = rows(x)
  for (const part of parts) {
    value = g.in(part.name, () =>
      part.build(value, (name) => {
        const found = own.get(`${part.name}.${name}`)
        if (!found) throw new Error(`no parameter ${part.name}.${name}`)
        return found
      }),
    )
  }
  const mean = g.in('loss', () => loss('softmax-cross-entropy').build({ prediction: value, target: rows(labels), weights: null }, {})).objective
  const objective = to - from === batch ? mean : mul(mean, (to - from) / batch)
  return { objective, gradient: g.in('gradients', () => concat(gradients(objective, [...own.values()]).map((d, i) => reshape(d, [sizes[i] ?? 0])), 0)) }
}

/** Adam on the flat weights. */
function updated(g: Graph, p: Value, gradient: Value): void {
  const scalars = g.input('scalars', 'float32', [adam.scalars.length])
  const states = ['m', 'v'].map((name) => g.input(name, 'float32', p.shape))
  const each = split(scalars, adam.scalars.map(() => 1))
  const next = g.in('adam', () => adam.update({ graph: g, p, g: gradient, states, scalars: Object.fromEntries(adam.scalars.map((name, i) => [name, reshape(each[i] ?? scalars, [])])), decay: null, config }))
  g.output('weights_next', next.p)
  next.states.forEach((s, i) => { g.output(`${['m', 'v'][i] ?? ''}_next`, s) })
}

export interface SequenceStep extends AsyncDisposable {
  /** One step on fresh sequences; returns the loss. */
  run(t: number): Promise<number>
}

interface Runner extends AsyncDisposable {
  run(feeds: Readonly<Record<string, Tensor>>): Promise<Record<string, Tensor>>
}

async function inParts(workload: SequenceWorkload, count: number): Promise<Runner> {
  const { batch, time, features, words } = workload
  const size = sizeOf(parametersOf(partsOf(workload)))
  const x = words > 0 ? ({ dtype: 'int64', shape: [time] } as const) : ({ dtype: 'float32', shape: [time, features] } as const)
  const [program] = await BackgroundStep.create(partedJobs({ ...buildSequenceParts(workload, count), plan: { network: { size }, tensors: { x, labels: { dtype: 'int64', shape: [] } }, maskBytes: 0 }, batch }))
  if (!program) throw new Error('no step in parts')
  const fill = (to: Tensor | undefined, from: Tensor | undefined): void => {
    if (to?.data instanceof BigInt64Array && from?.data instanceof BigInt64Array) to.data.set(from.data)
    else if (to?.data instanceof Float32Array && from?.data instanceof Float32Array) to.data.set(from.data)
  }
  return {
    run: async (feeds) => {
      for (const name of ['x', 'labels']) fill(program.sets[0]?.[name], feeds[name])
      return program.run(feeds)
    },
    [Symbol.asyncDispose]: () => program[Symbol.asyncDispose](),
  }
}

/** `workers` parts of the batch side by side, on a thread each; else one program on `threads`, of ORT's choice where undefined. */
export async function createSequenceStep(workload: SequenceWorkload, batches: number, { threads, workers = 1 }: { readonly threads?: number | undefined; readonly workers?: number | undefined }): Promise<SequenceStep> {
  const { batch, time, features, words } = workload
  const parameters = parametersOf(partsOf(workload))
  const program: Runner = workers > 1 ? await inParts(workload, workers) : await Program.create(buildSequenceStep(workload).graph, threads === undefined ? {} : { threads })
  const total = sizeOf(parameters)
  const weights = new Float32Array(total)
  let at = 0
  parameters.forEach((p, i) => {
    fillParameter({ ...p, initializer: p.initializer ?? 'xavier-uniform', initial: p.initial ?? null }, weights.subarray(at, (at += product(p.shape))), new Random(1, 'init', i))
  })
  const random = new Random(1, 'sample')
  const draw = (): Tensor => (words > 0 ? tensor('int64', BigInt64Array.from({ length: batch * time }, () => BigInt(random.int(words))), [batch, time]) : tensor('float32', Float32Array.from({ length: batch * time * features }, () => 2 * random.uniform() - 1), [batch, time, features]))
  const data = Array.from({ length: batches }, () => ({ x: draw(), labels: tensor('int64', BigInt64Array.from({ length: batch }, () => BigInt(random.int(CLASSES))), [batch]) }))
  const state: Record<string, Tensor> = { weights: tensor('float32', weights, [total]), m: tensor('float32', new Float32Array(total), [total]), v: tensor('float32', new Float32Array(total), [total]) }
  return {
    run: async (t) => {
      const fed = data[t % batches]
      if (!fed) throw new Error('no batches')
      const out = await program.run({ ...fed, ...state, scalars: tensor('float32', Float32Array.from(adam.at(t, 1e-3, config)), [adam.scalars.length]) })
      for (const name of Object.keys(state)) state[name] = out[`${name}_next`] ?? state[name] ?? tensor('float32', weights, [total])
      return (out['loss']!.data as Float32Array)[0] ?? NaN
    },
    [Symbol.asyncDispose]: () => program[Symbol.asyncDispose](),
  }
}
