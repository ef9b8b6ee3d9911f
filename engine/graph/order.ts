// Topological order of what some values depend on, with bound parameters followed to the values they stand for.
import { GraphError } from './errors.ts'
import type { Graph, Node, Value } from './graph.ts'

/** The value that really feeds a use of `value`: itself, or what the parameter is bound to. */
export function resolve(graph: Graph, value: Value): Value {
  return graph.bound.get(value) ?? value
}

/** Nodes that `roots` depend on, producers before users; otherwise in the order they were built. Throws GraphError on a cycle. */
export function topological(graph: Graph, roots: Iterable<Value>): Node[] {
  const order: Node[] = []
  const state = new Map<Node, 'open' | 'done'>()
  const stack: { node: Node; next: number }[] = []
  const push = (value: Value): void => {
    const node = resolve(graph, value).producer
    if (!node || state.get(node) === 'done') return
    if (state.get(node) === 'open') throw new GraphError(`graph '${graph.name}': ${node.op.name} in '${node.scope}' depends on its own output (a parameter bound to something computed from it?)`)
    state.set(node, 'open')
    stack.push({ node, next: 0 })
  }
  for (const root of [...roots].sort((a, b) => a.id - b.id)) {
    push(root)
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const input = top.node.inputs[top.next++]
      if (input) push(input)
      else if (input === undefined) {
        stack.pop()
        state.set(top.node, 'done')
        order.push(top.node)
      }
    }
  }
  return order
}
