// Gradient checkpointing: what the reverse sweep reads of the forward pass is computed again, segment by segment, from what was kept.
// Chen, Xu, Zhang and Guestrin, "Training deep nets with sublinear memory cost", 2016, https://arxiv.org/abs/1604.06174.
import type { Graph, Node, Value } from '../graph/graph.ts'
import { topological } from '../graph/order.ts'
import { after, token } from './after.ts'

/** A node as its gradient rule is to see it. */
export interface View {
  readonly node: Node
  readonly inputs: readonly (Value | null)[]
  readonly outputs: readonly Value[]
}

/**
 * Splits `order` at `checkpoints`: a segment is what one of them needs and those before it do not. What is read in a later segment
 * than it is made in is kept; the rest is computed again when the sweep comes to its segment, and not before: its inputs wait for
 * the gradients found so far (`after`), which also keeps ORT from merging both computations. The last segment is swept first and kept.
 */
export class Recompute {
  readonly order: readonly Node[]
  readonly #graph: Graph
  readonly #segment = new Map<Node, number>()
  readonly #kept = new Set<Value>()
  readonly #last: number
  #current: number
  #when: Value | null = null
  readonly #again = new Map<Value, Value>()

  constructor(graph: Graph, order: readonly Node[], checkpoints: readonly Value[]) {
    this.#graph = graph
    checkpoints.forEach((c, i) => {
      for (const node of topological(graph, [c])) if (!this.#segment.has(node)) this.#segment.set(node, i)
    })
    this.#last = checkpoints.length
    this.#current = this.#last
    this.order = order.map((node, at) => ({ node, at, segment: this.segmentOf(node) })).sort((a, b) => a.segment - b.segment || a.at - b.at).map(({ node }) => node)
    for (const node of order) for (const v of node.inputs) if (v?.producer && this.segmentOf(v.producer) < this.segmentOf(node)) this.#kept.add(v)
  }

  segmentOf(node: Node): number {
    return this.#segment.get(node) ?? this.#last
  }

  /** To be called before the sweep of `node`; where its segment is another than the last one's, `found` gives what must be computed before. */
  enter(node: Node, found: () => readonly Value[]): void {
    const segment = this.segmentOf(node)
    if (segment === this.#current) return
    this.#when = token(this.#graph, found())
    this.#again.clear()
    this.#current = segment
    for (const each of this.order) if (this.segmentOf(each) === segment) this.#copy(each)
  }

  view(node: Node): View {
    if (!this.#when) return { node, inputs: node.inputs, outputs: node.outputs }
    return { node, inputs: node.inputs.map((v) => v && this.#read(v)), outputs: node.outputs.map((v) => this.#again.get(v) ?? v) }
  }

  #copy(node: Node): void {
    const { op, attrs, outputs } = node
    const copies = this.#graph.in(`again/${node.scope}`, () => this.#graph.append(op, node.inputs.map((v) => v && this.#read(v)), attrs, outputs))
    outputs.forEach((v, i) => {
      const copy = copies[i]
      if (copy && !this.#kept.has(v)) this.#again.set(v, copy)
    })
  }

  /** `v` as it is to be read in the current segment. */
  #read(v: Value): Value {
    if (!this.#when || v.kind === 'constant' || v.kind === 'parameter') return v
    const known = this.#again.get(v)
    if (known) return known
    const read = after(v, this.#when)
    this.#again.set(v, read)
    return read
  }
}
