// The graph of an exported file: preprocessing, the network in inference mode, the task's outputs; standard operators only.
import type { TrainConfig } from '../contract/recipe.ts'
import { parametersOf } from '../explain/network-model.ts'
import { Graph } from '../graph/graph.ts'
import { network } from '../models/network.ts'
import { task } from '../tasks/index.ts'

export interface ExportGraph {
  readonly graph: Graph
  /** Values of the parameters by name. */
  readonly parameters: ReadonlyMap<string, Float32Array>
}

/**
 * Inputs and outputs as the task's `exported` says; an image classifier takes `image` uint8 [N, H, W, C] of any size and gives
 * `probabilities` and `logits` float32 [N, K], `class` int64 [N].
 * @param weights flat, in the network's parameter order.
 */
export function exportGraph(config: TrainConfig, classes: number, weights: Float32Array): ExportGraph {
  const definition = task(config.task)
  const { exported } = definition
  const net = network(config, classes)
  const parameters = parametersOf(net, config, weights)
  const graph = new Graph(`${config.task} ${config.model}`)
  const features = exported.inputs(graph, config)
  const inputs = graph.in('preprocess', () => definition.preprocess(features, config))
  const { outputs, folded } = net.build(graph, inputs, { training: false, fold: parameters })
  const request = { outputs, features, targets: null, config, classes }
  for (const [name, value] of Object.entries(exported.graphOutputs?.(request) ?? definition.predict(request))) graph.output(name, value)
  return { graph, parameters: new Map([...parameters, ...folded]) }
}
