// The training step as one graph: preprocessing, network, loss, gradients and optimizer update.
import type { TrainConfig } from '../contract/recipe.ts'
import { Graph } from '../graph/graph.ts'
import { concat, reshape } from '../ops/build.ts'
import { flatGradient, forward, planOf, scalarInputs, stateInputs, stretchesOf, type StepPlan } from './step-parts.ts'
import { inferenceInputs } from './task-inputs.ts'
import { update } from './update-graph.ts'

/**
 * Inputs: the task's features and targets [B, …], `rows` float [B] (1, or 0 for padding), `scalars` float [k]
 * (as `optimizer.at` gives them, then those of the place), `weights` float [P], one float [P] for each state, and
 * `masks` uint8 [M] where the network has dropout. `weights` end with the statistics of layers such as batch norm: their gradient is zero and
 * their next value the layer's. Outputs: `stats` float [3] = objective, loss sum and correct count over real rows;
 * `weights_next`, and `<state>_next` for each state.
 */
export interface StepGraph extends StepPlan {
  readonly graph: Graph
}

/** `block` lowers convolutions to the blocked layout of that width (`engine/compile/blocked`); 0 leaves standard operators. Parameters called as in `frozen`, and their states, come out as they go in. Throws LatheError `usage` for unknown names or options. */
export function buildTrainStep(config: TrainConfig, classes: number, batch: number, classWeights: readonly number[] | null = null, block = 0, frozen: ReadonlySet<string> = new Set()): StepGraph {
  const plan = planOf(config, classes, batch, frozen)
  const { network: net, maskBytes } = plan
  const graph = new Graph('train step')
  const { features, targets } = inferenceInputs(graph, config, classes, batch)
  const rows = graph.input('rows', 'float32', [batch])
  const scalars = scalarInputs(graph, plan)
  const weights = graph.input('weights', 'float32', [net.size])
  const states = stateInputs(graph, plan)
  const masks = maskBytes > 0 ? graph.input('masks', 'uint8', [maskBytes]) : null
  const made = forward({ graph, plan, config, classWeights, block, features, targets, rows, weights, masks })
  const { loss } = made
  const stats = graph.in('metrics', () => concat([loss.objective, loss.sum, loss.correct].map((v) => reshape(v, [1])), 0))
  const g = flatGradient(loss.objective, made, plan, config.checkpoints)
  const next = update({ graph, plan, config, scalars, states, weights, g, statistics: made.updates })
  graph.output('stats', stats)
  graph.output('weights_next', next.weights)
  for (const [name, value] of next.states) graph.output(`${name}_next`, value)
  return { ...plan, graph, stretches: stretchesOf(net, made, block) }
}
