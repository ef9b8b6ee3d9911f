// A trained network as methods see it.
import { LatheError } from '../contract/errors.ts'
import type { TrainConfig } from '../contract/recipe.ts'
import { Random } from '../data/random.ts'
import { product } from '../layers/shapes.ts'
import { fillParameter, network } from '../models/network.ts'
import type { Explainable } from './method.ts'

/** @param flat weights in the network's parameter order. */
export function networkModel(config: TrainConfig, classes: number, flat: Float32Array): Explainable {
  const net = network(config, classes)
  if (flat.length !== net.size) throw new LatheError('corrupt', `checkpoint: ${flat.length} weights, the model '${config.model}' needs ${net.size}`)
  const weights = new Map<string, Float32Array>()
  let offset = 0
  for (const p of net.parameters) {
    const size = product(p.shape)
    weights.set(p.name, flat.subarray(offset, offset + size))
    offset += size
  }
  const last = net.layers.findLast((l) => l.parameters.length > 0)?.parameters ?? []
  return {
    name: config.model,
    input: config.input,
    classes,
    weights,
    build: (graph, x) => net.build(graph, x, { training: false }),
    randomised: (draw) => {
      const fresh = new Map(weights)
      last.forEach((p, i) => {
        const values = new Float32Array(product(p.shape))
        fillParameter(p, values, new Random(config.seed, 'explain', draw * last.length + i))
        fresh.set(p.name, values)
      })
      return fresh
    },
  }
}
