// Copies nodes from one graph into another, with any value replaced on the way.
import type { Graph, Node, Value } from '../../graph/graph.ts'
import { resolve, topological } from '../../graph/order.ts'

/** What values of a graph have become in another; constants are copied once, however many copies share `constants`. */
export class Copy {
  readonly target: Graph
  readonly #source: Graph
  readonly #made = new Map<Value, Value>()
  readonly #constants: Map<Value, Value>

  constructor(source: Graph, target: Graph, constants = new Map<Value, Value>()) {
    this.#source = source
    this.target = target
    this.#constants = constants
  }

  /** Lets `made` stand for `value`. */
  set(value: Value, made: Value): void {
    this.#made.set(value, made)
  }

  get(value: Value): Value | undefined {
    const real = resolve(this.#source, value)
    return this.#made.get(real) ?? (real.data ? this.#constant(real) : undefined)
  }

  /** Throws where `value` has been given no place yet. */
  of(value: Value): Value {
    const made = this.get(value)
    if (!made) throw new Error(`'${value.name}' of graph '${this.#source.name}' was used before it was copied`)
    return made
  }

  /** The same node on what its inputs have become. */
  node(node: Node, inputs: readonly (Value | null)[] = node.inputs.map((v) => v && this.of(v))): readonly Value[] {
    const made = this.target.in(node.scope, () => this.target.append(node.op, inputs, node.attrs, node.outputs))
    node.outputs.forEach((v, i) => {
      const now = made[i]
      if (now) this.#made.set(v, now)
    })
    return made
  }

  #constant(value: Value): Value | undefined {
    const known = this.#constants.get(value)
    if (known || !value.data) return known
    const made = this.target.constant(value.data.data, value.data.dtype, value.data.shape)
    this.#constants.set(value, made)
    return made
  }
}

/** What the outputs need in the order in which it was built: where two nodes may stand at one place, that decides which of them runs first (`file-order.ts`). */
export function inBuildOrder(graph: Graph): Node[] {
  const nodes = topological(graph, graph.outputs.values())
  const built = nodes.toSorted((a, b) => a.id - b.id)
  // A parameter may stand for a value that was built after its users.
  const late = graph.bound.size > 0 && built.some((n) => n.inputs.some((v) => v && (resolve(graph, v).producer?.id ?? -1) > n.id))
  return late ? nodes : built
}
