// The training step as one graph: preprocessing, network, loss, gradients and optimizer update.
import { gradients } from '../autodiff/gradients.ts'
import { LatheError } from '../contract/errors.ts'
import { blockedOrder, type Stretch } from '../compile/blocked/order.ts'
import { lower } from '../compile/blocked/layout.ts'
import type { TrainConfig } from '../contract/recipe.ts'
import { Graph, type Value } from '../graph/graph.ts'
import type { TensorSpec } from '../data/types.ts'
import { product } from '../layers/shapes.ts'
import { network, type Built, type Network } from '../models/network.ts'
import { add, cast, concat, greater, mul, reshape, slice, split, where } from '../ops/build.ts'
import { optimizer } from '../optimizers/index.ts'
import { MOVED, type OptimizerDef } from '../optimizers/optimizer.ts'
import { schedule } from '../schedules/index.ts'
import { task } from '../tasks/index.ts'
import { inferenceInputs } from './task-inputs.ts'
import { buildFlat } from './flat-network.ts'
import { dropThreshold, keepScale, type MaskSpec } from './keep-masks.ts'
import type { Place } from './place.ts'
import { maxNorm, onWeights, regularised } from './regularise.ts'

/**
 * Inputs: the task's features and targets [B, …], `rows` float [B] (1, or 0 for padding), `scalars` float [k]
 * (as `optimizer.at` gives them, then those of the place), `weights` float [P], one float [P] for each state, and
 * `masks` uint8 [M] where the network has dropout. `weights` end with the statistics of layers such as batch norm: their gradient is zero and
 * their next value the layer's. Outputs: `stats` float [3] = objective, loss sum and correct count over real rows;
 * `weights_next`, and `<state>_next` for each state.
 */
export interface StepGraph {
  readonly graph: Graph
  readonly network: Network
  /** Of the task, by input name. */
  readonly tensors: Readonly<Record<string, TensorSpec>>
  readonly optimizer: OptimizerDef
  /** Names of all state vectors: the optimizer's, `gradient_sum` where gradients accumulate, `average` where weights are averaged. */
  readonly state: readonly string[]
  /** What is fed after the optimizer's scalars. */
  readonly placeScalars: readonly (keyof Place)[]
  readonly masks: readonly MaskSpec[]
  /** Sum of all mask sizes. */
  readonly maskBytes: number
  /** Parts of `weights` and of all states that are in blocked order. */
  readonly stretches: readonly Stretch[]
}

/** `block` lowers convolutions to the blocked layout of that width (`engine/compile/blocked`); 0 leaves standard operators. Throws LatheError `usage` for unknown names or options. */
export function buildTrainStep(config: TrainConfig, classes: number, batch: number, classWeights: readonly number[] | null = null, block = 0): StepGraph {
  const definition = task(config.task)
  const net = network(config, classes)
  const opt = optimizer(config.optimizer)
  const graph = new Graph('train step')
  const { features, targets, specs } = inferenceInputs(graph, config, classes, batch)
  const rows = graph.input('rows', 'float32', [batch])
  const placeScalars = placeScalarsOf(config, opt)
  const scalars = scalarInputs(graph, [...opt.scalars, ...placeScalars])
  const weights = graph.input('weights', 'float32', [net.size])
  const state = stateNames(config, opt)
  const states = new Map(state.map((name) => [name, graph.input(name, 'float32', [net.size])]))

  const masks = maskSpecs(net, config, classes, batch)
  const maskBytes = masks.reduce((sum, m) => sum + m.size, 0)
  const keep = maskBytes > 0 ? keepMasks(graph, masks, maskBytes) : new Map<string, Value>()
  const inputs = graph.in('preprocess', () => definition.preprocess(features, config))
  const plain = buildFlat(graph, net, weights, inputs, {
    training: true,
    rows,
    keepMask: (name, shape) => {
      const flat = keep.get(name)
      if (!flat) throw new Error(`dropout layer ${name} has no mask`)
      return reshape(flat, shape)
    },
  })
  // Max-norm measures filters in the flat vector, which must then be in standard order.
  const lowered = block > 0 && config.maxNorm === null ? lower(graph, [...Object.values(plain.outputs), ...plain.updates.values()], block) : null
  const built = lowered ? { ...plain, outputs: Object.fromEntries(Object.entries(plain.outputs).map(([name, v]) => [name, lowered.of(v)])), updates: new Map([...plain.updates].map(([name, v]) => [name, lowered.of(v)])) } : plain
  const loss = definition.loss({ outputs: built.outputs, targets, features, rows, config, classes, classWeights })
  const stats = graph.in('metrics', () => concat([loss.objective, loss.sum, loss.correct].map((v) => reshape(v, [1])), 0))
  const g = graph.in('gradients', () => {
    const trained = built.parameters.filter((_, i) => net.parameters[i]?.trainable)
    const each = gradients(loss.objective, trained).map((d, i) => reshape(d, [product(net.parameters[i]?.shape ?? [])]))
    if (net.trainable < net.size) each.push(graph.constant(new Float32Array(net.size - net.trainable), 'float32', [net.size - net.trainable]))
    return each.length > 1 ? concat(each, 0) : (each[0] ?? weights)
  })
  const next = update({ graph, net, opt, config, scalars, states, weights, g, built })
  graph.output('stats', stats)
  graph.output('weights_next', next.weights)
  for (const [name, value] of next.states) graph.output(`${name}_next`, value)
  return { graph, network: net, tensors: specs, optimizer: opt, state, placeScalars, masks, maskBytes, stretches: lowered ? stretchesOf(net, plain.parameters, lowered.reordered, block) : [] }
}

function stretchesOf(net: Network, parameters: readonly Value[], reordered: ReadonlySet<Value>, block: number): Stretch[] {
  let next = 0
  return net.parameters.flatMap((p, i) => {
    const at = next
    next += product(p.shape)
    const value = parameters[i]
    return value && reordered.has(value) ? [{ at, order: blockedOrder(p.shape, block) }] : []
  })
}

/** Names of the state vectors besides the weights, in the order of a checkpoint. */
export function stateNames(config: Pick<TrainConfig, 'accumulate' | 'averaging'>, opt: OptimizerDef): string[] {
  return [...opt.state, ...(config.accumulate > 1 ? ['gradient_sum'] : []), ...(config.averaging ? ['average'] : [])]
}

function placeScalarsOf(config: TrainConfig, opt: OptimizerDef): (keyof Place)[] {
  const moves = opt.movesMomentum === true && schedule(config.schedule).momentum !== undefined
  return [...(moves ? MOVED : []), ...(config.accumulate > 1 ? (['share', 'apply'] as const) : []), ...(config.averaging ? (['keep', 'take'] as const) : [])]
}

function scalarInputs(graph: Graph, names: readonly string[]): Record<string, Value> {
  const all = graph.input('scalars', 'float32', [names.length])
  const pieces = names.length > 1 ? split(all, names.map(() => 1), 0) : [all]
  return Object.fromEntries(names.map((name, i) => [name, reshape(pieces[i] ?? all, [])]))
}

interface UpdateParts {
  readonly graph: Graph
  readonly net: Network
  readonly opt: OptimizerDef
  readonly config: TrainConfig
  readonly scalars: Readonly<Record<string, Value>>
  readonly states: ReadonlyMap<string, Value>
  readonly weights: Value
  readonly g: Value
  readonly built: Built & { readonly parameters: readonly Value[] }
}

/** From the batch's gradient to the next weights and states. */
function update({ graph, net, opt, config, scalars, states, weights, g, built }: UpdateParts): { weights: Value; states: Map<string, Value> } {
  const need = (name: string): Value => {
    const value = states.get(name) ?? scalars[name]
    if (!value) throw new LatheError('internal', `the training step has no input '${name}'`)
    return value
  }
  const accumulates = config.accumulate > 1
  const gathered = accumulates ? graph.in('accumulate', () => add(need('gradient_sum'), mul(g, need('share')))) : g
  const own = opt.state.map(need)
  const stepped = graph.in(config.optimizer, () => {
    const gradient = regularised(config, net, weights, gathered)
    const decay = config.weightDecay === 0 ? null : onWeights(graph, net, config.weightDecay)
    const next = opt.update({ graph, p: weights, g: gradient, states: own, scalars, decay, config })
    return config.maxNorm === null ? next : { p: maxNorm(net, next.p, config.maxNorm), states: next.states }
  })
  const applied = accumulates ? graph.in('accumulate', () => greater(need('apply'), graph.scalar(0.5))) : null
  const choose = (then: Value, otherwise: Value): Value => (applied ? where(applied, then, otherwise) : then)
  const next = new Map(opt.state.map((name, i) => [name, choose(stepped.states[i] ?? need(name), need(name))]))
  if (applied) next.set('gradient_sum', where(applied, graph.scalar(0), gathered))
  const moved = graph.in('statistics', () => withStatistics(net, choose(stepped.p, weights), built))
  if (config.averaging) next.set('average', graph.in('average', () => add(mul(need('average'), need('keep')), mul(moved, need('take')))))
  return { weights: moved, states: next }
}

/** The optimizer's weights, with statistics behind them as the layers say instead of as the optimizer left them. */
function withStatistics(net: Network, next: Value, built: Built & { readonly parameters: readonly Value[] }): Value {
  if (net.trainable === net.size) return next
  const statistics = net.parameters.flatMap((p, i) => (p.trainable ? [] : [reshape(built.updates.get(p.name) ?? built.parameters[i] ?? next, [product(p.shape)])]))
  return concat([slice(next, { starts: [0], ends: [net.trainable], axes: [0] }), ...statistics], 0)
}

/** Which dropout layers ask for masks, found by building once in a graph that is thrown away. */
function maskSpecs(net: Network, config: TrainConfig, classes: number, batch: number): MaskSpec[] {
  const masks: MaskSpec[] = []
  const probe = new Graph('probe')
  const { features } = inferenceInputs(probe, config, classes, batch)
  net.build(probe, task(config.task).preprocess(features, config), {
    training: true,
    keepMask: (name, shape, rate) => {
      const size = product(shape as readonly number[])
      masks.push({ name, size, threshold: dropThreshold(rate) })
      return probe.input(`mask ${name}`, 'float32', shape)
    },
  })
  return masks
}

/** Scaled float masks, flat, by layer. */
function keepMasks(graph: Graph, masks: readonly MaskSpec[], bytes: number): Map<string, Value> {
  const all = graph.input('masks', 'uint8', [bytes])
  return graph.in('dropout masks', () => {
    const pieces = masks.length > 1 ? split(all, masks.map((m) => m.size), 0) : [all]
    return new Map(masks.map((m, i) => [m.name, mul(cast(pieces[i] ?? all, 'float32'), keepScale(m.threshold))]))
  })
}
