// A network whose parameters are slices of one flat vector, so that a run moves one tensor instead of dozens.
import type { Graph, Value } from '../graph/graph.ts'
import { reshape, split } from '../ops/build.ts'
import { product } from '../layers/shapes.ts'
import type { Values } from '../tasks/task.ts'
import type { BuildOptions, Built, Network } from '../models/network.ts'

/** Pieces of `flat` [P] in the order and shapes of the network's parameters. */
export function unflatten(flat: Value, network: Network): Value[] {
  const sizes = network.parameters.map((p) => product(p.shape))
  const pieces = sizes.length > 1 ? split(flat, sizes, 0) : [flat]
  return network.parameters.map((p, i) => reshape(pieces[i] ?? flat, p.shape))
}

/** Builds the network and binds its parameters to slices of `flat`. */
export function buildFlat(graph: Graph, network: Network, flat: Value, inputs: Values, options: BuildOptions): Built & { readonly parameters: readonly Value[] } {
  const slices = graph.in('parameters', () => unflatten(flat, network))
  const before = graph.parameters.length
  const built = network.build(graph, inputs, options)
  const parameters = graph.parameters.slice(before)
  parameters.forEach((p, i) => {
    const slice = slices[i]
    if (slice) graph.bind(p, slice)
  })
  return { ...built, parameters }
}
