// Reverse-mode differentiation: appends to a graph the nodes that compute gradients. Knows no operator by name.
// Griewank and Walther, "Evaluating Derivatives", 2nd ed. 2008, chapter 3.
import { GraphError } from '../graph/errors.ts'
import type { Node, Value } from '../graph/graph.ts'
import type { GradRule } from '../graph/op.ts'
import { resolve, topological } from '../graph/order.ts'
import type { Attributes } from '../graph/types.ts'
import { add } from '../ops/add.ts'
import { fullLike } from '../ops/constant_of_shape.ts'
import { scalarOf } from '../ops/support/rule.ts'
import { Recompute, type View } from './recompute.ts'
import { unbroadcast } from './unbroadcast.ts'

export interface GradientOptions {
  /** Gradient of `y` itself, of its shape; ones where left out. */
  readonly seed?: Value
  /** Rules that replace the operator's own at single nodes, such as guided backpropagation at ReLU. */
  readonly rules?: ReadonlyMap<Node, GradRule<Attributes>>
  /**
   * Values, in the order in which they are computed, between which the forward pass is computed again instead of being kept: what is
   * read between two of them then lives only while the sweep is there. Costs up to one more forward pass, changes no number.
   */
  readonly checkpoints?: readonly Value[]
}

/**
 * d sum(seed · y) / d w for each w of `wrt` (inputs, parameters or inner values), each of its w's shape; zeros where y does not depend on w.
 * Throws GraphError at an operator that forbids differentiation, naming the node.
 */
export function gradients(y: Value, wrt: readonly Value[], options: GradientOptions = {}): Value[] {
  const { graph } = y
  for (const w of wrt) if (w.graph !== graph) throw new GraphError(`'${w.name}' belongs to graph '${w.graph.name}', '${y.name}' to '${graph.name}'`)
  const order = topological(graph, [y])
  const active = reach(order, wrt)
  const plan = new Recompute(graph, order, options.checkpoints ?? [])
  const sums = new Map<Value, Value>()
  /** Whose sums have changed since the sweep came to its segment. */
  const fresh = new Set<Value>()
  const pass = (to: Value, g: Value): void => {
    const known = sums.get(to)
    sums.set(to, known ? add(known, g) : g)
    fresh.add(to)
    const bound = graph.bound.get(to)
    if (bound && active.has(bound)) pass(bound, g)
  }
  if (active.has(y)) pass(y, options.seed ? unbroadcast(options.seed, y) : y.shape.length === 0 ? scalarOf(graph, y.dtype, 1) : fullLike(y, 1))
  const asked = new Set(wrt)
  for (const node of plan.order.toReversed()) {
    const grads = node.outputs.map((v) => sums.get(v) ?? null)
    if (grads.every((g) => g === null) || !node.inputs.some((v) => v && active.has(v))) continue
    plan.enter(node, () => {
      const needed = [...fresh].filter((v) => asked.has(v) || (v.producer && plan.segmentOf(v.producer) <= plan.segmentOf(node)))
      fresh.clear()
      return [...new Set(needed.flatMap((v) => sums.get(v) ?? []))]
    })
    graph.in(node.scope === '' ? 'grad' : `grad/${node.scope}`, () => {
      sweep(plan.view(node), grads, active, options.rules?.get(node)).forEach((g, i) => {
        const input = node.inputs[i]
        if (g && input && active.has(input)) pass(input, unbroadcast(g, input))
      })
    })
  }
  return wrt.map((w) => sums.get(w) ?? fullLike(w, 0))
}

function sweep({ node, inputs, outputs }: View, grads: readonly (Value | null)[], active: ReadonlySet<Value>, custom: GradRule<Attributes> | undefined): readonly (Value | null)[] {
  const rule = custom ?? node.op.grad
  const where = `${node.op.name}${node.scope === '' ? '' : ` in '${node.scope}'`}`
  if (rule === 'none') return []
  const first = node.outputs[0]
  if (rule === 'forbidden' || !first) throw new GraphError(`${where}: no gradient can be taken through this operator`)
  const needs = (i: number): boolean => {
    const input = node.inputs[i]
    return input !== null && input !== undefined && active.has(input)
  }
  const result = rule({ graph: first.graph, node, attrs: node.attrs, inputs, outputs, grads, needs })
  if (result.length > node.inputs.length) {
    const surplus = result.slice(node.inputs.length).some((g) => g !== null)
    if (surplus) throw new GraphError(`${where}: the gradient rule gave ${result.length} gradients for ${node.inputs.length} inputs`)
  }
  return result
}

/** Values that depend on one of `wrt`, those included. */
function reach(order: readonly Node[], wrt: readonly Value[]): Set<Value> {
  const active = new Set(wrt)
  const depends = (v: Value | null): boolean => {
    if (!v) return false
    if (active.has(v)) return true
    const real = resolve(v.graph, v)
    if (real === v || !active.has(real)) return false
    active.add(v)
    return true
  }
  for (const node of order) {
    let any = false
    for (const v of node.inputs) if (depends(v)) any = true
    if (any) for (const v of node.outputs) active.add(v)
  }
  return active
}
