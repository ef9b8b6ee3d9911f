// What training steps are put together from: their inputs, the forward pass with its loss, and the gradient as one vector.
import { gradients } from '../autodiff/gradients.ts'
import { lower } from '../compile/blocked/layout.ts'
import { blockedOrder, type Stretch } from '../compile/blocked/order.ts'
import type { TrainConfig } from '../contract/recipe.ts'
import type { TensorSpec } from '../data/types.ts'
import { Graph, type Value } from '../graph/graph.ts'
import { product } from '../layers/shapes.ts'
import { network, type Network } from '../models/network.ts'
import { cast, concat, mul, reshape, slice, split } from '../ops/build.ts'
import { optimizer } from '../optimizers/index.ts'
import { MOVED, type OptimizerDef } from '../optimizers/optimizer.ts'
import { schedule } from '../schedules/index.ts'
import { task } from '../tasks/index.ts'
import type { TaskLoss, Values } from '../tasks/task.ts'
import { checkpointsOf } from './checkpoints.ts'
import { buildFlat } from './flat-network.ts'
import { dropThreshold, keepScale, type MaskSpec } from './keep-masks.ts'
import { livePart, type LivePart } from './live-part.ts'
import type { Place } from './place.ts'
import { inferenceInputs } from './task-inputs.ts'

/** What is known of a step besides its graphs. */
export interface StepPlan {
  readonly network: Network
  /** Names of trainable parameters that stand still: they and their states come out as they go in. */
  readonly frozen: ReadonlySet<string>
  /** What the gradient is of. */
  readonly live: LivePart
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

/** Throws LatheError `usage` for unknown names or options. */
export function planOf(config: TrainConfig, classes: number, batch: number, frozen: ReadonlySet<string> = new Set()): StepPlan {
  const net = network(config, classes)
  const opt = optimizer(config.optimizer)
  const { masks, tensors } = maskSpecs(net, config, classes, batch, frozen)
  return { network: net, frozen, live: livePart(net, frozen), tensors, optimizer: opt, state: stateNames(config, opt), placeScalars: placeScalarsOf(config, opt), masks, maskBytes: masks.reduce((sum, m) => sum + m.size, 0), stretches: [] }
}

/** Names of the state vectors besides the weights, in the order of a checkpoint. */
export function stateNames(config: Pick<TrainConfig, 'accumulate' | 'averaging'>, opt: OptimizerDef): string[] {
  return [...opt.state, ...(config.accumulate > 1 ? ['gradient_sum'] : []), ...(config.averaging ? ['average'] : [])]
}

function placeScalarsOf(config: TrainConfig, opt: OptimizerDef): (keyof Place)[] {
  const moves = opt.movesMomentum === true && schedule(config.schedule).momentum !== undefined
  return [...(moves ? MOVED : []), ...(config.accumulate > 1 ? (['share', 'apply'] as const) : []), ...(config.averaging ? (['keep', 'take'] as const) : [])]
}

export function scalarInputs(graph: Graph, { optimizer: opt, placeScalars }: StepPlan): Record<string, Value> {
  const names = [...opt.scalars, ...placeScalars]
  const all = graph.input('scalars', 'float32', [names.length])
  const pieces = names.length > 1 ? split(all, names.map(() => 1), 0) : [all]
  return Object.fromEntries(names.map((name, i) => [name, reshape(pieces[i] ?? all, [])]))
}

export const stateInputs = (graph: Graph, { state, network: net }: StepPlan): Map<string, Value> => new Map(state.map((name) => [name, graph.input(name, 'float32', [net.size])]))

export interface ForwardParts {
  readonly graph: Graph
  readonly plan: StepPlan
  readonly config: TrainConfig
  readonly classWeights: readonly number[] | null
  readonly block: number
  readonly features: Values
  readonly targets: Values
  /** Float [n]. */
  readonly rows: Value
  /** Float [P]. */
  readonly weights: Value
  /** The whole batch's, uint8 [M]; null without dropout. */
  readonly masks: Value | null
  /** Which rows of the batch these are; all where left out. */
  readonly part?: { readonly from: number; readonly to: number; readonly of: number }
}

export interface Forward {
  readonly loss: TaskLoss
  readonly parameters: readonly Value[]
  /** What parameters that nobody trains become, by name. */
  readonly updates: ReadonlyMap<string, Value>
  /** Parameters whose data are in blocked order. */
  readonly reordered: ReadonlySet<Value>
}

/** Preprocessing, network and loss of the rows given, lowered to blocks where `block` is not 0. */
export function forward({ graph, plan, config, classWeights, block, features, targets, rows, weights, masks, part }: ForwardParts): Forward {
  const { network: net } = plan
  const definition = task(config.task)
  const keep = masks ? keepMasks(graph, plan.masks, masks) : new Map<string, Value>()
  const inputs = graph.in('preprocess', () => definition.preprocess(features, config))
  const plain = buildFlat(graph, net, weights, inputs, {
    training: true,
    rows,
    frozen: plan.frozen,
    keepMask: (name, shape, _rate, shared) => {
      const flat = keep.get(name)
      if (!flat) throw new Error(`dropout layer ${name} has no mask`)
      return reshape(part && !shared ? ofRows(flat, part) : flat, shape)
    },
  })
  // Max-norm measures filters in the flat vector, which must then be in standard order.
  const lowered = block > 0 && config.maxNorm === null ? lower(graph, [...Object.values(plain.outputs), ...plain.updates.values()], block) : null
  const of = (v: Value): Value => lowered?.of(v) ?? v
  const outputs = Object.fromEntries(Object.entries(plain.outputs).map(([name, v]) => [name, of(v)]))
  const loss = definition.loss({ outputs, targets, features, rows, config, classes: net.classes, classWeights })
  return { loss, parameters: plain.parameters, updates: new Map([...plain.updates].map(([name, v]) => [name, of(v)])), reordered: lowered?.reordered ?? new Set() }
}

/** The gradient of `objective` for the live part; where that is all, zero for what nobody trains. `segments` of the forward pass are kept in turn. */
export function flatGradient(objective: Value, { parameters }: Forward, { network: net, frozen, live }: Pick<StepPlan, 'network' | 'frozen' | 'live'>, segments: number): Value {
  const { graph } = objective
  const checkpoints = checkpointsOf(objective, segments)
  return graph.in('gradients', () => {
    const trained = parameters.flatMap((value, i) => {
      const p = net.parameters[i]
      return p?.trainable && !frozen.has(p.name) ? [{ value, size: product(p.shape) }] : []
    })
    const each = gradients(objective, trained.map((p) => p.value), { checkpoints }).map((d, i) => reshape(d, [trained[i]?.size ?? 0]))
    const rest = live.size - trained.reduce((sum, p) => sum + p.size, 0)
    if (rest > 0) each.push(graph.constant(new Float32Array(rest), 'float32', [rest]))
    return each.length > 1 ? concat(each, 0) : (each[0] ?? objective)
  })
}

export function stretchesOf(net: Network, { parameters, reordered }: Forward, block: number): Stretch[] {
  let next = 0
  return net.parameters.flatMap((p, i) => {
    const at = next
    next += product(p.shape)
    const value = parameters[i]
    return value && reordered.has(value) ? [{ at, order: blockedOrder(p.shape, block) }] : []
  })
}

/** Which dropout layers ask for masks, found by building once in a graph that is thrown away. */
function maskSpecs(net: Network, config: TrainConfig, classes: number, batch: number, frozen: ReadonlySet<string>): { masks: MaskSpec[]; tensors: Readonly<Record<string, TensorSpec>> } {
  const masks: MaskSpec[] = []
  const probe = new Graph('probe')
  const { features, specs } = inferenceInputs(probe, config, classes, batch)
  net.build(probe, task(config.task).preprocess(features, config), {
    training: true,
    frozen,
    keepMask: (name, shape, rate) => {
      const size = product(shape as readonly number[])
      masks.push({ name, size, threshold: dropThreshold(rate) })
      return probe.input(`mask ${name}`, 'float32', shape)
    },
  })
  return { masks, tensors: specs }
}

/** Scaled float masks, flat, by layer. */
function keepMasks(graph: Graph, masks: readonly MaskSpec[], all: Value): Map<string, Value> {
  return graph.in('dropout masks', () => {
    const pieces = masks.length > 1 ? split(all, masks.map((m) => m.size), 0) : [all]
    return new Map(masks.map((m, i) => [m.name, mul(cast(pieces[i] ?? all, 'float32'), keepScale(m.threshold))]))
  })
}

/** The rows `from` to `to` of a flat tensor that holds `of` rows. */
function ofRows(flat: Value, { from, to, of }: NonNullable<ForwardParts['part']>): Value {
  const n = product(flat.shape.map(Number)) / of
  return slice(flat, { starts: [from * n], ends: [to * n], axes: [0] })
}
