// The training step cut by rows: a graph for each part of the batch that gives its share of loss and gradient, and one for the update.
import type { TrainConfig } from '../contract/recipe.ts'
import { Graph, type Value } from '../graph/graph.ts'
import { resolve, topological } from '../graph/order.ts'
import { add, concat, div, max, reshape, slice, split } from '../ops/build.ts'
import type { Values } from '../tasks/task.ts'
import { flatGradient, forward, planOf, scalarInputs, stateInputs, stretchesOf, type StepPlan } from './step-parts.ts'
import { inferenceInputs } from './task-inputs.ts'
import { update } from './update-graph.ts'

/** Numbers in `sums`: objective · mass, mass, loss sum, correct. */
const SUMS = 4

/**
 * `parts`: inputs as of the whole step (`step-graph.ts`) but scalars and states; each takes rows of its own and gives `gradient` of the live part, that of
 * its part of the objective's numerator, and `sums` [4]. `update`: inputs scalars, states, weights, and `gradient_i` and `sums_i` of each part;
 * outputs as of the whole step.
 */
export interface ParallelGraphs {
  readonly plan: StepPlan
  readonly parts: readonly Graph[]
  readonly update: Graph
}

/**
 * The step in `count` parts, or null where it cannot be cut: its objective must be a sum over rows divided by a sum over rows that the
 * weights have no part in, and no layer may look at the whole batch (batch normalisation). Up to rounding it does the same as the whole step.
 */
export function buildParallelStep(config: TrainConfig, classes: number, batch: number, count: number, classWeights: readonly number[] | null, block: number, frozen: ReadonlySet<string> = new Set()): ParallelGraphs | null {
  if (batch < count) return null
  const plan = planOf(config, classes, batch, frozen)
  const { network: net, maskBytes } = plan
  let stretches: StepPlan['stretches'] | null = null
  let least: number | null = null
  const parts: Graph[] = []
  for (let i = 0; i < count; i++) {
    const [from, to] = [Math.ceil((i * batch) / count), Math.ceil(((i + 1) * batch) / count)]
    const graph = new Graph(`part ${i + 1} of a train step`)
    const cut = (v: Value): Value => slice(v, { starts: [from], ends: [to], axes: [0] })
    const cutAll = (values: Values): Values => Object.fromEntries(Object.entries(values).map(([name, v]) => [name, cut(v)]))
    const { features, targets } = inferenceInputs(graph, config, classes, batch)
    const rows = graph.input('rows', 'float32', [batch])
    const weights = graph.input('weights', 'float32', [net.size])
    const masks = maskBytes > 0 ? graph.input('masks', 'uint8', [maskBytes]) : null
    const made = forward({ graph, plan, config, classWeights, block, features: cutAll(features), targets: cutAll(targets), rows: cut(rows), weights, masks, part: { from, to, of: batch } })
    const mean = meanOf(made.loss.objective, weights)
    const own = stretchesOf(net, made, block)
    if (!mean || made.updates.size > 0) return null
    // Parts of a batch that does not halve differ by a row; where one fits blocks and the other does not, their weights are in no one order.
    if (stretches && stretches.map((s) => s.at).join() !== own.map((s) => s.at).join()) return buildParallelStep(config, classes, batch, count, classWeights, 0, frozen)
    ;[stretches, least] = [own, mean.least]
    graph.output('sums', concat([mean.sum, mean.mass, made.loss.sum, made.loss.correct].map((v) => reshape(v, [1])), 0))
    graph.output('gradient', flatGradient(mean.sum, made, plan, config.checkpoints))
    parts.push(graph)
  }
  return { plan: { ...plan, stretches: stretches ?? [] }, parts, update: updateOf(plan, config, count, least) }
}

function updateOf(plan: StepPlan, config: TrainConfig, count: number, least: number | null): Graph {
  const { network: net } = plan
  const graph = new Graph('update of a train step')
  const scalars = scalarInputs(graph, plan)
  const weights = graph.input('weights', 'float32', [net.size])
  const states = stateInputs(graph, plan)
  const total = (name: string, size: number): Value => Array.from({ length: count }, (_, i) => graph.input(`${name}_${i}`, 'float32', [size])).reduce((a, b) => add(a, b))
  const [sum, mass, lossSum, correct] = split(total('sums', SUMS), [1, 1, 1, 1], 0) as [Value, Value, Value, Value]
  const divisor = least === null ? mass : max(mass, least)
  const g = div(total('gradient', plan.live.size), divisor)
  const next = update({ graph, plan, config, scalars, states, weights, g, statistics: new Map() })
  graph.output('stats', concat([div(sum, divisor), lossSum, correct], 0))
  graph.output('weights_next', next.weights)
  for (const [name, value] of next.states) graph.output(`${name}_next`, value)
  return graph
}

/** The objective as sum / mass, or sum / max(mass, least), where it is one and the mass does not depend on the weights. */
function meanOf(objective: Value, weights: Value): { readonly sum: Value; readonly mass: Value; readonly least: number | null } | null {
  const [sum, divisor] = objective.producer?.op.name === 'Div' ? objective.producer.inputs : []
  if (!sum || !divisor) return null
  const [a, b] = divisor.producer?.op.name === 'Max' ? divisor.producer.inputs : []
  const limit = b?.kind === 'constant' && b.shape.length === 0 ? Number(b.data?.data[0]) : null
  const mass = a && limit !== null ? a : divisor
  const { graph } = objective
  const learned = topological(graph, [mass]).some((node) => node.inputs.some((v) => v && resolve(graph, v) === weights))
  const summed = mass.producer?.op.name === 'ReduceSum' && sum.producer !== null
  return learned || !summed ? null : { sum, mass, least: mass === divisor ? null : limit }
}
