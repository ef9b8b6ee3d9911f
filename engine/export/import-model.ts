// importModel: any ONNX file to our graph, defensively: it opens, or a LatheError says which node cannot be read and why.
import { ModelProto, type IGraphProto, type IModelProto } from '../compile/proto.ts'
import { OPSET } from '../compile/bytes.ts'
import { LatheError } from '../contract/errors.ts'
import { Graph, type Value } from '../graph/graph.ts'
import type { Dim } from '../graph/types.ts'
import { addInput } from './import-input.ts'
import { defaultTrainable, Leaves } from './import-leaves.ts'
import { addNodes, functionKey, type Scope } from './import-nodes.ts'
import { MAX_IMPORT_BYTES, scan } from './import-scan.ts'

/** The newest opset whose operators are known. */
const MAX_OPSET = 26

export interface ImportOptions {
  /** Names the file in messages. */
  readonly name?: string
  /** Parameters to train, by name; where left out all weights but statistics and single numbers. */
  readonly trainable?: RegExp
  /** Sizes for symbolic dimensions, or one name for several: `{ height: 224, batch_1: 'batch' }`. */
  readonly sizes?: Readonly<Record<string, Dim>>
}

export interface ImportedModel {
  /** Inputs, outputs and parameters have the names of the file. */
  readonly graph: Graph
  /** What each tensor name of the file is in the graph: to take gradients of inner values, or to cut the model there. */
  readonly values: ReadonlyMap<string, Value>
  /** Values of all parameters (float32 initializers and constants that are used as weights), row-major. */
  readonly parameters: ReadonlyMap<string, Float32Array>
  readonly trainable: ReadonlySet<string>
  readonly metadata: Readonly<Record<string, string>>
  /** Of the standard operators in the file. */
  readonly opset: number
  /** For `modelBytes`: operators are in the form of this opset, or of a later one. */
  readonly exportOpset: number
  readonly producer: string
}

/** @throws LatheError `graph`; `details` tell node, operator, domain and opset where one is at fault. */
export function importModel(bytes: Uint8Array, { name = 'model', trainable, sizes = {} }: ImportOptions = {}): ImportedModel {
  try {
    return read(bytes, name, trainable, sizes)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new LatheError('graph', `${name}: ${message}`, { path: name, ...(error instanceof LatheError && error.details) }, { cause: error })
  }
}

function read(bytes: Uint8Array, name: string, pattern: RegExp | undefined, sizes: Readonly<Record<string, Dim>>): ImportedModel {
  const model = decode(bytes)
  const proto = model.graph
  const opsets = new Map((model.opsetImport ?? []).map((o) => [standard(o.domain), Number(o.version ?? 0)]))
  const opset = opsets.get('') ?? 0
  if (!proto || opsets.size === 0) throw new LatheError('graph', 'is no ONNX model: it has no graph, or does not say which operators it uses')
  if (opset > MAX_OPSET) throw new LatheError('graph', `uses opset ${opset}; ${MAX_OPSET} is the newest that can be read. Export the model for an older opset`)
  const graph = new Graph(proto.name === '' || !proto.name ? name : proto.name)
  const leaves = new Leaves(graph, proto)
  const scope: Scope = { graph, opsets, values: new Map(), leaves, parent: null, functions: new Map((model.functions ?? []).map((f) => [functionKey(f.domain, f.name), f])), depth: 0, read: { nodes: 0 } }
  reserve(graph, proto)
  for (const info of proto.input ?? []) if (!leaves.has(info.name ?? '')) scope.values.set(info.name ?? '', addInput(graph, info, sizes))
  addNodes(scope, proto.node ?? [])
  outputs(scope, proto)
  const parameters = leaves.parameters
  const chosen = pattern ? (p: string) => new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, '')).test(p) : defaultTrainable(graph, parameters)
  return {
    graph,
    values: scope.values,
    parameters,
    trainable: new Set([...parameters.keys()].filter(chosen)),
    metadata: Object.fromEntries((model.metadataProps ?? []).map((p) => [p.key ?? '', p.value ?? ''])),
    opset,
    exportOpset: Math.max(OPSET, opset),
    producer: [model.producerName, model.producerVersion].filter((s) => s).join(' '),
  }
}

function decode(bytes: Uint8Array): IModelProto {
  if (bytes.length === 0) throw new LatheError('graph', 'is no ONNX model: the file is empty')
  if (bytes.length > MAX_IMPORT_BYTES) throw new LatheError('graph', `has ${bytes.length} bytes; models up to ${MAX_IMPORT_BYTES / 2 ** 20} MB can be opened`)
  scan(bytes)
  try {
    return ModelProto.decode(bytes)
  } catch (error) {
    throw new LatheError('graph', 'is no ONNX model: its bytes do not decode', undefined, { cause: error })
  }
}

const standard = (domain: string | null | undefined): string => (domain === 'ai.onnx' ? '' : (domain ?? ''))

/** Names of the file that inner values must not take. */
function reserve(graph: Graph, proto: IGraphProto): void {
  const constants = (proto.node ?? []).flatMap((node) => (node.opType === 'Constant' ? (node.output ?? []) : []))
  for (const name of [...[...(proto.input ?? []), ...(proto.output ?? []), ...(proto.initializer ?? [])].map((v) => v.name), ...constants]) if (name) graph.reserve(name)
}

function outputs(scope: Scope, proto: IGraphProto): void {
  const list = proto.output ?? []
  if (list.length === 0) throw new LatheError('graph', 'has no outputs')
  for (const { name } of list) {
    const value = scope.values.get(name ?? '') ?? scope.leaves.value(name ?? '')
    if (!value || !name) throw new LatheError('graph', `output '${name ?? ''}' is made by no node`)
    scope.graph.output(name, value)
  }
}
