// A trained network as methods see it.
import { LatheError } from '../contract/errors.ts'
import type { TrainConfig } from '../contract/recipe.ts'
import { Random } from '../data/random.ts'
import { Graph, type Value } from '../graph/graph.ts'
import { topological } from '../graph/order.ts'
import { product } from '../layers/shapes.ts'
import { fillParameter, network, type Network, type NetworkLayer } from '../models/network.ts'
import { mul, reduceSum } from '../ops/build.ts'
import { task } from '../tasks/index.ts'
import { need } from '../tasks/support/one-class.ts'
import type { Values } from '../tasks/task.ts'
import type { Explainable } from './method.ts'

/** @param flat weights in the network's parameter order. */
export function networkModel(config: TrainConfig, classes: number, flat: Float32Array): Explainable {
  const definition = task(config.task)
  const net = network(config, classes)
  const features = definition.features(config)
  const weights = parametersOf(net, config, flat)
  const shape = tappedShape(config, net)
  const targets = definition.explainable?.(config, classes) ?? Math.max(1, classes)
  const build: Explainable['build'] = (graph, x, target) => {
    const given = Object.fromEntries(Object.entries(features).map(([name, { dtype, shape: of }]) => [name, graph.input(name, dtype, [x.shape[0] ?? 'N', ...of])]))
    const { outputs, lastConv } = net.build(graph, graph.in('preprocess', () => definition.preprocess(given, config)), { training: false, tap: () => x })
    return { score: definition.explained?.(outputs, target, config) ?? logitOf(outputs, target), lastConv }
  }
  // Members of an ensemble stand side by side: each is randomised from its own end.
  const chains = [...Map.groupBy(layersBehind(net, build, shape, targets), (l) => /^(member\d+\/)?/u.exec(l.name)?.[0]).values()].map((layers) => ({ layers, weighted: layers.filter((l) => l.parameters.some((p) => p.trainable && p.shape.length > 1)) }))
  const place = new Map(net.parameters.map((p, i) => [p.name, i]))
  return {
    name: config.model,
    shape,
    map: definition.attribution(config),
    features,
    targets,
    weights,
    build,
    depth: Math.max(0, ...chains.map(({ weighted }) => weighted.length)),
    randomised: (draw, count) => {
      const fresh = new Map(weights)
      // Norms and biases between those layers go with them.
      const last = chains.flatMap(({ layers, weighted }) => {
        const first = weighted.at(-Math.min(count, weighted.length))
        return first && count > 0 ? layers.slice(layers.indexOf(first)) : []
      })
      for (const p of last.flatMap((l) => l.parameters)) {
        const values = new Float32Array(product(p.shape))
        // Weights that start at zero are drawn as others are: a layer of zeros would be no random one.
        fillParameter(p.initializer === 'zeros' && p.shape.length > 1 ? { ...p, initializer: config.initializer } : p, values, new Random(config.seed, 'explain', draw * net.parameters.length + (place.get(p.name) ?? 0)))
        fresh.set(p.name, values)
      }
      return fresh
    },
  }
}

/** Layers with trained weights that the score depends on, seen from the tapped tensor: no other head, and nothing before the tap. */
function layersBehind(net: Network, build: Explainable['build'], shape: readonly number[], targets: number): readonly NetworkLayer[] {
  const graph = new Graph('layers')
  const { score } = build(graph, graph.input('x', 'float32', [1, ...shape]), graph.input('target', 'float32', [1, targets]))
  const read = new Set(topological(graph, [score]).flatMap((node) => node.inputs.flatMap((value) => (value?.kind === 'parameter' ? [value.name] : []))))
  return net.layers.filter((l) => l.parameters.some((p) => p.trainable && read.has(p.name)))
}

/** [N, classes] and one-hot [1, classes] to [N]. */
const logitOf = (outputs: Values, target: Value): Value => reduceSum(mul(need(outputs, 'logits'), target), [1])

/** By name. @throws LatheError `corrupt` for weights of another model. */
export function parametersOf(net: Network, config: TrainConfig, flat: Float32Array): Map<string, Float32Array> {
  if (flat.length !== net.size) throw new LatheError('corrupt', `checkpoint: ${flat.length} weights, the model '${config.model}' needs ${net.size}`)
  const weights = new Map<string, Float32Array>()
  let offset = 0
  for (const p of net.parameters) {
    const size = product(p.shape)
    weights.set(p.name, flat.subarray(offset, offset + size))
    offset += size
  }
  return weights
}

/** Sizes of one row of what the network taps. */
function tappedShape(config: TrainConfig, net: Network): number[] {
  const graph = new Graph('probe')
  const definition = task(config.task)
  const features = Object.entries(definition.features(config)).map(([name, { dtype, shape }]) => [name, graph.input(name, dtype, [1, ...shape])] as const)
  const { tapped } = net.build(graph, definition.preprocess(Object.fromEntries(features), config), { training: false })
  if (!tapped) throw new LatheError('usage', `model ${config.model} has no tensor that attributions could be about`)
  return tapped.shape.slice(1).map(Number)
}
