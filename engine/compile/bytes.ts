// Graph to the bytes of an ONNX ModelProto: only what the outputs need, in topological order.
import { GraphError } from '../graph/errors.ts'
import type { Graph, Node, Value } from '../graph/graph.ts'
import { resolve } from '../graph/order.ts'
import { DTYPES, type Attribute, type DType, type TensorData, type ValueType } from '../graph/types.ts'
import { fileOrder } from './file-order.ts'
import { ATTRIBUTE, ELEMENT, ModelProto, type IAttributeProto, type INodeProto, type ITensorProto, type IValueInfoProto } from './proto.ts'

export interface ModelOptions {
  /** Parameters as further inputs, or their values by name (row-major float32). */
  readonly parameters?: 'inputs' | ReadonlyMap<string, Float32Array>
  /** Raised to what the operators used need. */
  readonly opset?: number
  readonly irVersion?: number
  /** As Constant nodes in exported files, so that initializers are what was learned and nothing else. */
  readonly constants?: 'initializers' | 'nodes'
  readonly metadata?: Readonly<Record<string, string>>
  readonly producer?: { readonly name: string; readonly version: string }
  readonly doc?: string
}

/** Opset 18 came with ONNX 1.13 (2022): old enough for most runtimes, new enough for antialiased Resize. */
export const OPSET = 18
/** The IR version of ONNX 1.10 to 1.13. */
export const IR_VERSION = 8

/** Throws GraphError where a parameter has no value or one of the wrong size. */
export function modelBytes(graph: Graph, options: ModelOptions = {}): Uint8Array {
  const { parameters = 'inputs' } = options
  if (graph.outputs.size === 0) throw new GraphError(`graph '${graph.name}' has no outputs`)
  const nodes = fileOrder(graph)
  const used = usedBy(graph, nodes)
  const names = outputNames(graph)
  const leaves = graph.parameters.filter((p) => used.has(p))
  const input = [...graph.inputs, ...(parameters === 'inputs' ? leaves : [])].map((v) => valueInfo(v.name, v))
  const constants = [...used].filter((v) => v.kind === 'constant')
  const asNodes = options.constants === 'nodes'
  const initializer = asNodes ? [] : constants.map((v) => tensorProto(v.name, constantData(v)))
  if (parameters !== 'inputs') initializer.push(...leaves.map((p) => tensorProto(p.name, parameterData(graph, p, parameters))))
  const node = nodes.map((n, i) => nodeProto(graph, n, i, names, used))
  if (asNodes) node.unshift(...constants.map(constantNode))
  for (const [name, value] of graph.outputs) {
    const real = resolve(graph, value)
    if ((names.get(real) ?? real.name) !== name) node.push({ opType: 'Identity', name: `output/${name}`, input: [names.get(real) ?? real.name], output: [name] })
  }
  const least = nodes.filter((n) => n.op.domain === '').reduce((most, n) => Math.max(most, n.op.since), options.opset ?? OPSET)
  const domains = [...new Set(nodes.map((n) => n.op.domain))].filter((d) => d !== '')
  return ModelProto.encode({
    irVersion: options.irVersion ?? IR_VERSION,
    opsetImport: [{ domain: '', version: least }, ...domains.map((domain) => ({ domain, version: domain === 'ai.onnx.ml' ? 3 : 1 }))],
    producerName: options.producer?.name ?? 'lathe',
    producerVersion: options.producer?.version ?? '',
    docString: options.doc ?? '',
    metadataProps: Object.entries(options.metadata ?? {}).map(([key, value]) => ({ key, value })),
    graph: { name: graph.name, node, input, output: [...graph.outputs].map(([name, v]) => valueInfo(name, v)), initializer },
  }).finish()
}

/** Leaves and node outputs that something reads, bound parameters replaced by what they stand for. */
function usedBy(graph: Graph, nodes: readonly Node[]): Set<Value> {
  const used = new Set<Value>()
  for (const n of nodes) for (const v of n.inputs) if (v) used.add(resolve(graph, v))
  for (const v of graph.outputs.values()) used.add(resolve(graph, v))
  return used
}

/** A node's output takes the name of the graph output it is; further names of one value become Identity nodes. */
function outputNames(graph: Graph): Map<Value, string> {
  const names = new Map<Value, string>()
  for (const [name, value] of graph.outputs) {
    const real = resolve(graph, value)
    if (real.kind === 'node' && !names.has(real)) names.set(real, name)
  }
  return names
}

function nodeProto(graph: Graph, node: Node, index: number, names: ReadonlyMap<Value, string>, used: ReadonlySet<Value>): INodeProto {
  const nameOf = (v: Value): string => names.get(v) ?? v.name
  const input = node.inputs.map((v) => (v ? nameOf(resolve(graph, v)) : ''))
  while (input.at(-1) === '') input.pop()
  const [least, most] = node.op.outputs
  const output = node.outputs.map((v, i) => (used.has(v) || i < least || most === Infinity ? nameOf(v) : ''))
  while (output.at(-1) === '') output.pop()
  const attribute = Object.entries(node.attrs).flatMap(([key, value]) => (value === undefined ? [] : [attributeProto(key, value, node.op.floats?.includes(key) ?? false)]))
  return { opType: node.op.name, domain: node.op.domain, name: nodeName(node, index), input, output, attribute }
}

function constantNode(value: Value): INodeProto {
  return { opType: 'Constant', name: value.name, output: [value.name], attribute: [{ name: 'value', type: ATTRIBUTE.TENSOR, t: tensorProto('', constantData(value)) }] }
}

/** What ORT calls the node in its errors and profiles. */
export const nodeName = (node: Node, index: number): string => `${node.scope === '' ? '' : `${node.scope}/`}${node.op.name}#${index}`

function attributeProto(name: string, value: Attribute, float: boolean): IAttributeProto {
  if ((name === 'to' || name === 'dtype' || name === 'output_datatype') && typeof value === 'string' && (DTYPES as readonly string[]).includes(value)) return { name, type: ATTRIBUTE.INT, i: ELEMENT[value as DType] }
  if (typeof value === 'number') return float ? { name, type: ATTRIBUTE.FLOAT, f: value } : { name, type: ATTRIBUTE.INT, i: value }
  if (typeof value === 'boolean') return { name, type: ATTRIBUTE.INT, i: Number(value) }
  if (typeof value === 'string') return { name, type: ATTRIBUTE.STRING, s: Buffer.from(value) }
  if ('dtype' in value) return { name, type: ATTRIBUTE.TENSOR, t: tensorProto('', value) }
  if (value.every((v) => typeof v === 'number')) return float ? { name, type: ATTRIBUTE.FLOATS, floats: [...value] } : { name, type: ATTRIBUTE.INTS, ints: [...value] }
  return { name, type: ATTRIBUTE.STRINGS, strings: value.map((v) => Buffer.from(v)) }
}

function tensorProto(name: string, { dtype, shape, data }: TensorData): ITensorProto {
  const head = { name, dims: [...shape], dataType: ELEMENT[dtype] }
  if (Array.isArray(data)) return { ...head, stringData: data.map((v) => Buffer.from(String(v))) }
  if (!ArrayBuffer.isView(data)) throw new GraphError(`constant '${name}' of ${dtype} has no typed array`)
  return { ...head, rawData: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) }
}

function valueInfo(name: string, { dtype, shape }: ValueType): IValueInfoProto {
  return { name, type: { tensorType: { elemType: ELEMENT[dtype], shape: { dim: shape.map((d) => (typeof d === 'number' ? { dimValue: d } : { dimParam: d })) } } } }
}

function constantData(value: Value): TensorData {
  if (!value.data) throw new GraphError(`constant '${value.name}' has no data`)
  return value.data
}

function parameterData(graph: Graph, p: Value, values: ReadonlyMap<string, Float32Array>): TensorData {
  const data = values.get(p.name)
  if (!data) throw new GraphError(`graph '${graph.name}': parameter '${p.name}' has no value`)
  const shape = p.shape.map(Number)
  const count = shape.reduce((a, b) => a * b, 1)
  if (data.length !== count) throw new GraphError(`graph '${graph.name}': parameter '${p.name}' [${shape.join(', ')}] needs ${count} numbers, got ${data.length}`)
  return { dtype: 'float32', shape, data }
}
