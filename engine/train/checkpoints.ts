// Where the forward pass is cut for gradient checkpointing: at even shares of its bytes, where least would have to be kept.
import { bytesOf } from '../compile/memory.ts'
import type { Node, Value } from '../graph/graph.ts'
import { resolve, topological } from '../graph/order.ts'

/** Outputs that take no memory of their own. */
const VIEWS: ReadonlySet<string> = new Set(['Reshape', 'Flatten', 'Squeeze', 'Unsqueeze', 'Identity'])

/** Of places that keep hardly more than the least, that next to the even share is taken. */
const SPARE = 1.05

/**
 * Values that cut what `y` needs of anything but the weights in `segments` stretches, for `gradients`; fewer where the network is too short.
 * Chen et al., 2016, section 4.2, with the cut put where the fewest bytes cross it: a value in the middle of a residual branch
 * would be kept together with its detour.
 */
export function checkpointsOf(y: Value, segments: number): Value[] {
  if (segments < 2) return []
  const { graph } = y
  const weights = new Set(topological(graph, graph.bound.values()).flatMap((node) => node.inputs))
  const moved = new Set<Value>(graph.inputs.filter((v) => !weights.has(v)))
  const order = topological(graph, [y]).filter((node) => {
    if (!node.inputs.some((v) => v && moved.has(resolve(graph, v)))) return false
    for (const out of node.outputs) moved.add(out)
    return true
  })
  /** The value whose memory a view looks at. */
  const home = new Map<Value, Value>()
  const homeOf = (v: Value): Value => home.get(v) ?? v
  const last = new Map<Value, number>()
  order.forEach((node, i) => {
    const [first] = node.inputs
    if (VIEWS.has(node.op.name) && first) for (const out of node.outputs) home.set(out, homeOf(resolve(graph, first)))
    for (const v of node.inputs) if (v) last.set(homeOf(resolve(graph, v)), i)
  })
  /** Bytes computed up to each node, and those of them that are read after it. */
  const places: { readonly node: Node; readonly done: number; readonly alive: number }[] = []
  const ending = new Map<number, number>()
  let [done, alive] = [0, 0]
  order.forEach((node, i) => {
    for (const out of node.outputs) {
      if (home.has(out)) continue
      const [bytes, until] = [bytesOf(out), last.get(out) ?? i]
      done += bytes
      alive += bytes
      ending.set(until, (ending.get(until) ?? 0) + bytes)
    }
    alive -= ending.get(i) ?? 0
    places.push({ node, done, alive })
  })
  const cuts = Array.from({ length: segments - 1 }, (_, k) => {
    const ideal = ((k + 1) / segments) * done
    const reach = done / segments / 2
    const near = places.filter((p) => p.node.outputs[0]?.dtype === 'float32' && Math.abs(p.done - ideal) < reach)
    const least = Math.min(...near.map((p) => p.alive))
    const good = near.filter((p) => p.alive <= SPARE * least)
    return good.reduce<(typeof near)[number] | null>((best, p) => (best && Math.abs(best.done - ideal) <= Math.abs(p.done - ideal) ? best : p), null)?.node.outputs[0]
  })
  return [...new Set(cuts.filter((v) => v !== undefined))]
}
