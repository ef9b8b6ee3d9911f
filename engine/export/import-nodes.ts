// Nodes of a model file, one after the other, to nodes of the graph. Functions of the file and branches that are known are put in place.
import { bigOf, type IAttributeProto, type IGraphProto, type IModelProto, type INodeProto } from '../compile/proto.ts'
import { LatheError } from '../contract/errors.ts'
import type { Graph, Value } from '../graph/graph.ts'
import { knownNumbers } from '../graph/known.ts'
import { apply, checkInputs, type OpDef } from '../graph/op.ts'
import type { Attributes, TensorData } from '../graph/types.ts'
import { ops } from '../ops/index.ts'
import { attributes } from './import-attributes.ts'
import { given, type Draft } from './import-draft.ts'
import { Leaves } from './import-leaves.ts'
import { tensorData } from './import-tensor.ts'
import { upgradeOf } from './import-upgrade.ts'

type IFunctionProto = NonNullable<IModelProto['functions']>[number]

/** Functions that call each other, and branches within branches. */
const MAX_DEPTH = 16
/** Functions can multiply the nodes with every level. */
const MAX_NODES = 500_000

export interface Scope {
  readonly graph: Graph
  readonly opsets: ReadonlyMap<string, number>
  readonly values: Map<string, Value>
  readonly leaves: Leaves
  /** The graph around a branch, whose values it sees. */
  readonly parent: Scope | null
  /** By domain and name. */
  readonly functions: ReadonlyMap<string, IFunctionProto>
  readonly depth: number
  /** Nodes read so far, calls of functions followed. */
  readonly read: { nodes: number }
}

export const functionKey = (domain: string | null | undefined, name: string | null | undefined): string => `${domain ?? ''}/${name ?? ''}`

/** @throws LatheError `graph`. */
export function addNodes(scope: Scope, nodes: readonly INodeProto[]): void {
  if (scope.depth > MAX_DEPTH) throw new LatheError('graph', `functions or branches are nested over ${MAX_DEPTH} deep`)
  for (const node of nodes) {
    if (scope.read.nodes++ > MAX_NODES) throw new LatheError('graph', `has over ${MAX_NODES} nodes`)
    const domain = node.domain === 'ai.onnx' ? '' : (node.domain ?? '')
    const opset = scope.opsets.get(domain) ?? 0
    try {
      const made = scope.graph.in(scopeName(node), () => build(scope, node, domain, opset))
      define(scope, node, made)
    } catch (error) {
      const about = { node: node.name ?? '', operator: node.opType ?? '', domain: domain === '' ? 'ai.onnx' : domain, opset }
      const inner = error instanceof LatheError ? error.details : undefined
      if (inner && 'operator' in inner) throw error
      throw new LatheError('graph', `node '${about.node}' (operator ${about.operator}, domain ${about.domain}, opset ${opset}): ${error instanceof Error ? error.message : String(error)}`, { ...about, ...inner }, { cause: error })
    }
  }
}

/** The node's name; exported names end in operator and number, which are given anew. */
function scopeName(node: INodeProto): string {
  return (node.name ?? '').replace(new RegExp(`/?${(node.opType ?? '').replace(/\W/g, '')}#\\d+$`), '').slice(0, 200)
}

function define(scope: Scope, node: INodeProto, made: readonly (Value | null | undefined)[]): void {
  ;(node.output ?? []).forEach((name, i) => {
    if (name === '') return
    const value = made[i]
    if (!value) throw new LatheError('graph', `its output ${i} '${name}' is not supported`, { unsupported: 'output' })
    if (scope.values.has(name) || scope.leaves.has(name)) throw new LatheError('graph', `its output '${name}' is defined already`)
    scope.values.set(name, value)
  })
}

function find(scope: Scope, name: string): Value {
  for (let s: Scope | null = scope; s; s = s.parent) {
    const value = s.values.get(name) ?? s.leaves.value(name)
    if (value) return value
  }
  throw new LatheError('graph', `its input '${name}' is made by nothing before it`)
}

/** Shape arithmetic whose result is known is taken as a constant, so that gradients can use it. */
function used(value: Value): Value {
  if (value.kind !== 'node' || value.dtype !== 'int64') return value
  const numbers = knownNumbers(value)
  return numbers ? value.graph.constant(BigInt64Array.from(numbers, (n) => BigInt(Math.trunc(n))), 'int64', value.shape.map(Number)) : value
}

function build(scope: Scope, node: INodeProto, domain: string, opset: number): readonly (Value | null)[] {
  const op = node.opType ?? ''
  if (domain === '' && op === 'Constant') return [constant(scope, node)]
  if (domain === '' && op === 'If') return branch(scope, node)
  const inputs = (node.input ?? []).map((name) => (name === '' ? null : used(find(scope, name))))
  if (domain === '' && op === 'Identity' && inputs[0]) return [inputs[0]]
  const body = scope.functions.get(functionKey(domain, op))
  if (body) return call(scope, body, inputs, node.attribute ?? [])
  if (!scope.opsets.has(domain)) throw new LatheError('graph', `the file does not say which version of domain '${domain}' it uses`)
  const draft: Draft = { graph: scope.graph, opset, outputs: node.output?.length ?? 0, op, inputs, attrs: {} }
  if (!supported(op, domain) && !FOLDED.has(op)) throw new LatheError('graph', 'the operator is not supported', { unsupported: 'operator' })
  draft.attrs = attributes(node.attribute ?? [])
  if (domain === '') upgradeOf(op)(draft)
  const def = supported(draft.op, domain)
  if (draft.build) return draft.build(def ?? ops.Identity)
  if (!def) throw new LatheError('graph', 'the operator is not supported', { unsupported: 'operator' })
  const attrs = given(draft)
  check(def, draft.inputs, attrs)
  return apply(def, draft.inputs, attrs, scope.graph)
}

/** Forms of an operator that ONNX has and this library has not: other attributes or element types. */
function check(def: OpDef, inputs: readonly (Value | null)[], attrs: Attributes): void {
  const parsed = def.attributes.safeParse(attrs)
  if (!parsed.success) throw new LatheError('graph', parsed.error.issues.map((i) => `attribute '${i.path.join('.')}': ${i.message}, which is not supported`).join('; '), { unsupported: 'attribute' })
  try {
    checkInputs(def, inputs)
  } catch (error) {
    throw new LatheError('graph', error instanceof Error ? error.message : String(error), { unsupported: 'type' }, { cause: error })
  }
}

/** Operators that a rewrite replaces. */
const FOLDED: ReadonlySet<string> = new Set(['Dropout', 'Upsample', 'Scatter'])

function supported(op: string, domain: string): OpDef | null {
  const def: OpDef | null = Object.hasOwn(ops, op) ? ops[op as keyof typeof ops] : null
  return def?.domain === domain ? def : null
}

/** Some exporters (paddle2onnx) keep weights in nodes: where a file has no other weights, those of several numbers are parameters; single ones are rather part of a formula. */
function constant({ graph, leaves, parent, depth }: Scope, node: INodeProto): Value {
  const [a] = node.attribute ?? []
  if (!a || node.attribute?.length !== 1) throw new LatheError('graph', 'a Constant has one attribute')
  const made = constantData(a)
  const name = node.output?.[0] ?? ''
  const ofFile = parent === null && depth === 0 && name !== ''
  return ofFile && !leaves.holdWeights && made.data.length > 1 ? leaves.made(name, made) : graph.constant(made.data, made.dtype, made.shape)
}

/** https://onnx.ai/onnx/operators/onnx__Constant.html */
function constantData(a: IAttributeProto): TensorData {
  switch (a.name) {
    case 'value':
      return tensorData(a.t ?? {}, 'its value')
    case 'value_float':
      return { dtype: 'float32', shape: [], data: Float32Array.of(a.f ?? 0) }
    case 'value_floats':
      return { dtype: 'float32', shape: [a.floats?.length ?? 0], data: Float32Array.from(a.floats ?? []) }
    case 'value_int':
      return { dtype: 'int64', shape: [], data: BigInt64Array.of(bigOf(a.i ?? 0)) }
    case 'value_ints':
      return { dtype: 'int64', shape: [a.ints?.length ?? 0], data: BigInt64Array.from(a.ints ?? [], bigOf) }
    case 'value_string':
      return { dtype: 'string', shape: [], data: [Buffer.from(a.s ?? []).toString()] }
    case 'value_strings':
      return { dtype: 'string', shape: [a.strings?.length ?? 0], data: (a.strings ?? []).map((s) => Buffer.from(s).toString()) }
    default:
      throw new LatheError('graph', `its attribute '${a.name ?? ''}' is not supported`, { unsupported: 'attribute' })
  }
}

/** If whose condition is known: the branch taken, in place. */
function branch(scope: Scope, node: INodeProto): readonly (Value | null)[] {
  const condition = find(scope, node.input?.[0] ?? '')
  if (!condition.data) throw new LatheError('graph', 'control flow that depends on the input is not supported', { unsupported: 'operator' })
  const name = Number(condition.data.data[0]) !== 0 ? 'then_branch' : 'else_branch'
  const proto: IGraphProto | null | undefined = node.attribute?.find((a) => a.name === name)?.g
  if (!proto) throw new LatheError('graph', `it has no ${name}`)
  if (proto.input?.length) throw new LatheError('graph', `its ${name} has inputs`)
  const inner: Scope = { ...scope, values: new Map(), leaves: new Leaves(scope.graph, { node: proto.node ?? [], sparseInitializer: proto.sparseInitializer ?? [] }), parent: scope, depth: scope.depth + 1 }
  for (const t of proto.initializer ?? []) {
    const { dtype, shape, data } = tensorData(t, `initializer '${t.name ?? ''}'`)
    inner.values.set(t.name ?? '', scope.graph.constant(data, dtype, shape))
  }
  addNodes(inner, proto.node ?? [])
  return (proto.output ?? []).map((o) => find(inner, o.name ?? ''))
}

/** A function of the file, in place of its call. */
function call(scope: Scope, body: IFunctionProto, inputs: readonly (Value | null)[], args: readonly IAttributeProto[]): readonly (Value | null)[] {
  const values = new Map<string, Value>()
  ;(body.input ?? []).forEach((name, i) => {
    const v = inputs[i]
    if (v) values.set(name, v)
  })
  const opsets = new Map((body.opsetImport ?? []).map((o) => [o.domain === 'ai.onnx' ? '' : (o.domain ?? ''), Number(o.version ?? 0)]))
  const inner: Scope = { ...scope, opsets: new Map([...scope.opsets, ...opsets]), values, leaves: new Leaves(scope.graph, {}), parent: null, depth: scope.depth + 1 }
  addNodes(inner, (body.node ?? []).map((node) => ({ ...node, attribute: (node.attribute ?? []).flatMap((a) => bound(a, args)) })))
  return (body.output ?? []).map((name) => find(inner, name))
}

/** An attribute of the function's body that stands for one of the call; left out where the call has none. */
function bound(a: IAttributeProto, args: readonly IAttributeProto[]): IAttributeProto[] {
  if (!a.refAttrName) return [a]
  const value = args.find((g) => g.name === a.refAttrName)
  return value ? [{ ...value, name: a.name ?? '' }] : []
}
