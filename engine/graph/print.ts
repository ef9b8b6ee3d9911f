// A graph as readable text: one line a leaf, node and output.
import type { Graph, Node, Value } from './graph.ts'
import { resolve } from './order.ts'
import type { Attribute, ValueType } from './types.ts'

/** For people: in build order, dead nodes included. */
export function print(graph: Graph): string {
  const lines = [`graph ${graph.name}`]
  for (const v of graph.inputs) lines.push(`  input ${v.name}: ${type(v)}`)
  for (const v of graph.parameters) lines.push(`  parameter ${v.name}: ${type(v)}${graph.bound.has(v) ? ` = ${resolve(graph, v).name}` : ''}`)
  let scope = ''
  for (const node of graph.nodes) {
    if (node.scope !== scope) lines.push(`  # ${node.scope}`)
    scope = node.scope
    lines.push(`  ${line(node)}`)
  }
  for (const [name, v] of graph.outputs) lines.push(`  output ${name} = ${v.name}: ${type(v)}`)
  return `${lines.join('\n')}\n`
}

function line(node: Node): string {
  const attrs = Object.entries(node.attrs).flatMap(([k, v]) => (v === undefined ? [] : [`${k}=${attribute(v)}`]))
  const outputs = node.outputs.map((v) => `${v.name}: ${type(v)}`).join(', ')
  return `${outputs} = ${node.op.name}(${[...node.inputs.map((v) => (v ? operand(v) : '-')), ...attrs].join(', ')})`
}

function operand(v: Value): string {
  if (!v.data || v.data.data.length > 8) return v.name
  const text = Array.from(v.data.data as ArrayLike<unknown>, String).join(', ')
  return v.shape.length === 0 ? text : `[${text}]`
}

const type = ({ dtype, shape }: ValueType): string => `${dtype}[${shape.join(', ')}]`

function attribute(v: Attribute): string {
  if (typeof v === 'object' && 'dtype' in v) return `${v.dtype}(${Array.from(v.data as ArrayLike<unknown>, String).join(', ')})`
  return Array.isArray(v) ? `[${v.join(', ')}]` : String(v)
}
