// Checks a whole graph before anything runs; every error names the node, its scope, what was expected and what was found.
import { GraphError } from './errors.ts'
import type { Graph, Node, Value } from './graph.ts'
import { checkInputs, inferTypes } from './op.ts'
import { resolve, topological } from './order.ts'
import { sameShape, type ValueType } from './types.ts'

export interface VerifyOptions {
  /** Also refuse parameters that no output depends on: in a training graph they are a mistake. */
  readonly deadParameters?: boolean
}

/** Throws GraphError at the first thing that is wrong. */
export function verify(graph: Graph, { deadParameters = false }: VerifyOptions = {}): void {
  const fail = (what: string): never => {
    throw new GraphError(`graph '${graph.name}': ${what}`)
  }
  if (graph.outputs.size === 0) fail('no outputs are declared')
  for (const [parameter, value] of graph.bound) {
    if (value.graph !== graph) fail(`'${parameter.name}' is bound to '${value.name}' of graph '${value.graph.name}'`)
    if (!same(parameter, value)) fail(`parameter '${parameter.name}' is ${type(parameter)}, but bound to '${value.name}', ${type(value)}`)
  }
  const own = new Set(graph.nodes)
  const order = topological(graph, graph.outputs.values())
  const defined = new Set<Value>([...graph.inputs, ...graph.parameters])
  for (const node of order) {
    if (!own.has(node)) fail(`${nameOf(node)} was never added to the graph`)
    for (const input of node.inputs) if (input && !isDefined(graph, defined, input)) fail(`${nameOf(node)} uses '${input.name}', which nothing before it defines`)
    checkNode(node, fail)
    for (const output of node.outputs) defined.add(output)
  }
  for (const [name, value] of graph.outputs) if (!isDefined(graph, defined, value)) fail(`output '${name}' is '${value.name}', which nothing defines`)
  if (deadParameters) {
    const dead = unused(graph, order)
    if (dead.length > 0) fail(`no output depends on ${dead.map((p) => `'${p.name}'`).join(', ')}`)
  }
}

/** Parameters that no output depends on. */
export function unused(graph: Graph, order: readonly Node[] = topological(graph, graph.outputs.values())): Value[] {
  const read = new Set<Value | null>([...order.flatMap((n) => n.inputs), ...graph.outputs.values()])
  return graph.parameters.filter((p) => !read.has(p))
}

function isDefined(graph: Graph, defined: ReadonlySet<Value>, value: Value): boolean {
  const real = resolve(graph, value)
  return real.graph === graph && ((real.kind === 'constant' && real.data !== null) || defined.has(real))
}

/** Runs the operator's schema and shape rule again and compares with what the node says. */
function checkNode(node: Node, fail: (what: string) => never): void {
  const parsed = node.op.attributes.safeParse(node.attrs)
  if (!parsed.success) fail(`${nameOf(node)}: ${parsed.error.issues.map((i) => `attribute '${i.path.join('.')}': ${i.message}`).join('; ')}`)
  let types: readonly ValueType[] = []
  try {
    checkInputs(node.op, node.inputs)
    types = inferTypes(node.op, node.inputs, node.attrs)
  } catch (error) {
    fail(`${nameOf(node)}: ${error instanceof Error ? error.message : String(error)}`)
  }
  const [least, most] = node.op.outputs
  if (node.outputs.length < least || node.outputs.length > most || node.outputs.length !== types.length) fail(`${nameOf(node)} has ${node.outputs.length} outputs, expected ${types.length}`)
  node.outputs.forEach((output, i) => {
    const expected = types[i]
    if (expected && !same(output, expected)) fail(`${nameOf(node)}: output '${output.name}' is ${type(output)}, expected ${type(expected)}`)
  })
}

const same = (a: ValueType, b: ValueType): boolean => a.dtype === b.dtype && sameShape(a.shape, b.shape)
const type = ({ dtype, shape }: ValueType): string => `${dtype} [${shape.join(', ')}]`
const nameOf = (node: Node): string => `${node.op.name}${node.scope === '' ? '' : ` in '${node.scope}'`} (node ${node.id})`
