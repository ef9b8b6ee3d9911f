// The training step as one graph: preprocessing, network, loss, gradients and optimizer update.
import { gradients } from '../autodiff/gradients.ts'
import type { TrainConfig } from '../contract/recipe.ts'
import { Graph, type Value } from '../graph/graph.ts'
import { product } from '../layers/shapes.ts'
import { losses } from '../losses/index.ts'
import { network, type Built, type Network } from '../models/network.ts'
import { argMax, cast, concat, equal, mul, reduceSum, reshape, slice, split } from '../ops/build.ts'
import { optimizer } from '../optimizers/index.ts'
import type { OptimizerDef } from '../optimizers/optimizer.ts'
import { normalise } from '../tasks/preprocess.ts'
import { buildFlat } from './flat-network.ts'
import { dropThreshold, keepScale, type MaskSpec } from './keep-masks.ts'

/**
 * Inputs: `pixels` uint8 [B, h, w, C], `labels` int64 [B], `rows` float [B] (1, or 0 for padding), `scalars` float [k]
 * (as `optimizer.at` gives them), `weights` float [P], one float [P] for each optimizer state, and `masks` uint8 [M]
 * where the network has dropout. `weights` end with the statistics of layers such as batch norm: their gradient is zero and
 * their next value the layer's. Outputs: `stats` float [3] = objective, loss sum and correct count over real rows;
 * `weights_next`, and `<state>_next` for each state.
 */
export interface StepGraph {
  readonly graph: Graph
  readonly network: Network
  readonly optimizer: OptimizerDef
  readonly masks: readonly MaskSpec[]
  /** Sum of all mask sizes. */
  readonly maskBytes: number
}

/** Throws LatheError `usage` for unknown names or options. */
export function buildTrainStep(config: TrainConfig, classes: number, batch: number): StepGraph {
  const { input } = config
  const net = network(config, classes)
  const opt = optimizer(config.optimizer)
  const graph = new Graph('train step')
  const pixels = graph.input('pixels', 'uint8', [batch, input.height, input.width, input.channels])
  const labels = graph.input('labels', 'int64', [batch])
  const rows = graph.input('rows', 'float32', [batch])
  const scalarVector = graph.input('scalars', 'float32', [opt.scalars.length])
  const weights = graph.input('weights', 'float32', [net.size])
  const states = opt.state.map((name) => graph.input(name, 'float32', [net.size]))

  const masks = maskSpecs(net, config, batch)
  const maskBytes = masks.reduce((sum, m) => sum + m.size, 0)
  const keep = maskBytes > 0 ? keepMasks(graph, masks, maskBytes) : new Map<string, Value>()
  const x = graph.in('preprocess', () => normalise(pixels, input))
  const built = buildFlat(graph, net, weights, x, {
    training: true,
    rows,
    keepMask: (name, shape) => {
      const flat = keep.get(name)
      if (!flat) throw new Error(`dropout layer ${name} has no mask`)
      return reshape(flat, shape)
    },
  })
  const loss = graph.in('loss', () => losses['softmax-cross-entropy'].build({ prediction: built.logits, target: labels, weights: rows }, { labelSmoothing: config.labelSmoothing }))
  const correct = graph.in('metrics', () => reduceSum(mul(cast(equal(argMax(built.logits, 1, false), labels), 'float32'), rows)))
  const stats = graph.in('metrics', () => concat([loss.objective, loss.sum, correct].map((v) => reshape(v, [1])), 0))
  const g = graph.in('gradients', () => {
    const trained = built.parameters.filter((_, i) => net.parameters[i]?.trainable)
    const each = gradients(loss.objective, trained).map((d, i) => reshape(d, [product(net.parameters[i]?.shape ?? [])]))
    if (net.trainable < net.size) each.push(graph.constant(new Float32Array(net.size - net.trainable), 'float32', [net.size - net.trainable]))
    return each.length > 1 ? concat(each, 0) : (each[0] ?? weights)
  })
  const next = graph.in(config.optimizer, () => {
    const pieces = opt.scalars.length > 1 ? split(scalarVector, opt.scalars.map(() => 1), 0) : [scalarVector]
    const scalars = Object.fromEntries(opt.scalars.map((name, i) => [name, reshape(pieces[i] ?? scalarVector, [])]))
    return opt.update({ graph, p: weights, g, states, scalars, decay: decayVector(graph, net, config.weightDecay), config })
  })
  graph.output('stats', stats)
  graph.output('weights_next', graph.in('statistics', () => withStatistics(net, next.p, built)))
  opt.state.forEach((name, i) => {
    const state = next.states[i]
    if (state) graph.output(`${name}_next`, state)
  })
  return { graph, network: net, optimizer: opt, masks, maskBytes }
}

/** The optimizer's weights, with statistics behind them as the layers say instead of as the optimizer left them. */
function withStatistics(net: Network, next: Value, built: Built & { readonly parameters: readonly Value[] }): Value {
  if (net.trainable === net.size) return next
  const statistics = net.parameters.flatMap((p, i) => (p.trainable ? [] : [reshape(built.updates.get(p.name) ?? built.parameters[i] ?? next, [product(p.shape)])]))
  return concat([slice(next, { starts: [0], ends: [net.trainable], axes: [0] }), ...statistics], 0)
}

/** Decay of each weight: `weightDecay` on what a layer marks (weights), 0 elsewhere (biases). */
function decayVector(graph: Graph, net: Network, weightDecay: number): Value | null {
  if (weightDecay === 0) return null
  const decay = new Float32Array(net.size)
  let at = 0
  for (const p of net.parameters) {
    const n = product(p.shape)
    if (p.decay) decay.fill(weightDecay, at, at + n)
    at += n
  }
  return graph.constant(decay, 'float32', [net.size])
}

/** Which dropout layers ask for masks, found by building once in a graph that is thrown away. */
function maskSpecs(net: Network, config: TrainConfig, batch: number): MaskSpec[] {
  const masks: MaskSpec[] = []
  const probe = new Graph('probe')
  const x = probe.input('x', 'float32', [batch, config.input.channels, config.input.height, config.input.width])
  net.build(probe, x, {
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
