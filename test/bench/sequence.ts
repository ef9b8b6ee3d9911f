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
import { concat, reduceMean, reshape, split } from '../../engine/ops/build.ts'
import { adam } from '../../engine/optimizers/adam.ts'
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
  const { batch, time, features, words } = workload
  const parts = partsOf(workload)
  const parameters = parts.flatMap((part) => part.parameters.map((p) => ({ ...p, name: `${part.name}.${p.name}` })))
  const sizes = parameters.map((p) => product(p.shape))
  const total = sizes.reduce((a, b) => a + b, 0)
  const g = new Graph('sequence step')
  const x = words > 0 ? g.input('x', 'int64', [batch, time]) : g.input('x', 'float32', [batch, time, features])
  const labels = g.input('labels', 'int64', [batch])
  const scalars = g.input('scalars', 'float32', [adam.scalars.length])
  const [p, m, v] = ['weights', 'm', 'v'].map((name) => g.input(name, 'float32', [total])) as [Value, Value, Value]
  const own = new Map(split(p, sizes).map((slice, i) => [parameters[i]?.name ?? '', reshape(slice, parameters[i]?.shape ?? [])]))
  let value = x
  for (const part of parts) {
    value = g.in(part.name, () =>
      part.build(value, (name) => {
        const found = own.get(`${part.name}.${name}`)
        if (!found) throw new Error(`no parameter ${part.name}.${name}`)
        return found
      }),
    )
  }
  const { objective } = g.in('loss', () => loss('softmax-cross-entropy').build({ prediction: value, target: labels, weights: null }, {}))
  const gradient = g.in('gradients', () => concat(gradients(objective, [...own.values()]).map((d, i) => reshape(d, [sizes[i] ?? 0])), 0))
  const each = split(scalars, adam.scalars.map(() => 1))
  const next = g.in('adam', () => adam.update({ graph: g, p, g: gradient, states: [m, v], scalars: Object.fromEntries(adam.scalars.map((name, i) => [name, reshape(each[i] ?? scalars, [])])), decay: null, config }))
  g.output('loss', reshape(objective, [1]))
  g.output('weights_next', next.p)
  next.states.forEach((s, i) => { g.output(`${['m', 'v'][i] ?? ''}_next`, s) })
  return { graph: g, parameters }
}

export interface SequenceStep extends AsyncDisposable {
  /** One step on fresh sequences; returns the loss. */
  run(t: number): Promise<number>
}

export async function createSequenceStep(workload: SequenceWorkload, batches: number, threads: number | null): Promise<SequenceStep> {
  const { batch, time, features, words } = workload
  const { graph, parameters } = buildSequenceStep(workload)
  const program = await Program.create(graph, threads === null ? {} : { threads })
  const total = parameters.reduce((sum, p) => sum + product(p.shape), 0)
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
