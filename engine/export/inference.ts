// The graph of an exported file: preprocessing, the network in inference mode, softmax; standard operators only.
import type { TrainConfig } from '../contract/recipe.ts'
import { Graph } from '../graph/graph.ts'
import { product } from '../layers/shapes.ts'
import { network } from '../models/network.ts'
import { argMax, softmax } from '../ops/build.ts'
import { normalise, resizePixels } from '../tasks/preprocess.ts'
import { LatheError } from '../contract/errors.ts'

export interface ExportGraph {
  readonly graph: Graph
  /** Values of the parameters by name. */
  readonly parameters: ReadonlyMap<string, Float32Array>
}

/**
 * Input `image`: uint8 [N, H, W, C], any size. Outputs `probabilities` and `logits` float32 [N, K], `class` int64 [N].
 * @param weights flat, in the network's parameter order.
 */
export function exportGraph(config: TrainConfig, classes: number, weights: Float32Array): ExportGraph {
  const net = network(config, classes)
  if (weights.length !== net.size) throw new LatheError('corrupt', `checkpoint: ${weights.length} weights, the model '${config.model}' needs ${net.size}`)
  const parameters = new Map<string, Float32Array>()
  let offset = 0
  for (const { name, shape } of net.parameters) {
    const size = product(shape)
    parameters.set(name, weights.subarray(offset, offset + size))
    offset += size
  }
  const graph = new Graph(`${config.task} ${config.model}`)
  const image = graph.input('image', 'uint8', ['N', 'H', 'W', config.input.channels])
  const x = graph.in('preprocess', () => normalise(resizePixels(image, config.input), config.input))
  const { logits, folded } = net.build(graph, x, { training: false, fold: parameters })
  graph.output('probabilities', softmax(logits, 1))
  graph.output('logits', logits)
  graph.output('class', argMax(logits, 1, false))
  return { graph, parameters: new Map([...parameters, ...folded]) }
}
