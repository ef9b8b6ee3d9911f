// inspect: what an .onnx file holds, read without running it and safe on any bytes.
import { dtypeOf, ModelProto, type IModelProto, type INodeProto, type ITensorProto, type IValueInfoProto } from '../compile/proto.ts'
import type { Inspection } from '../contract/commands.ts'
import { LatheError } from '../contract/errors.ts'
import { floatsOf, isWeight } from './import-leaves.ts'

/** The largest message that protobuf allows. */
export const MAX_MODEL_BYTES = 2 ** 31 - 1
const MAX_METADATA = 10_000

type IGraphProto = NonNullable<IModelProto['graph']>
type Port = Inspection['inputs'][number]

/** @throws LatheError `graph` where the bytes are no ONNX model; `name` is used in the message. */
export function inspect(bytes: Uint8Array, name: string): Inspection {
  const broken = (what: string, cause?: unknown): LatheError => new LatheError('graph', `${name}: is no readable ONNX model (${what}). Choose a file that was exported as .onnx`, { path: name }, { cause })
  if (bytes.length === 0) throw broken('the file is empty')
  if (bytes.length > MAX_MODEL_BYTES) throw broken('over 2 GB')
  let model: IModelProto
  try {
    model = ModelProto.decode(bytes)
  } catch (error) {
    throw broken('its bytes do not decode', error)
  }
  const graph = model.graph
  // Protobuf accepts much that is none: a model has operators' versions, a graph and an IR version.
  if (!graph || !model.opsetImport?.length || Number(model.irVersion ?? 0) < 1) throw broken('no graph in it')
  const initializers = new Set((graph.initializer ?? []).map((t) => t.name))
  const ops = countOps(graph)
  return {
    inputs: (graph.input ?? []).filter((v) => !initializers.has(v.name)).map(port),
    outputs: (graph.output ?? []).map(port),
    nodes: ops.reduce((n, o) => n + o.count, 0),
    parameters: weightsOf(graph).reduce((n, t) => n + floatsOf(t), 0),
    metadata: Object.fromEntries((model.metadataProps ?? []).slice(0, MAX_METADATA).map((p) => [p.key ?? '', p.value ?? ''])),
    ops,
    opset: Math.max(...model.opsetImport.filter((o) => (o.domain ?? '') === '' || o.domain === 'ai.onnx').map((o) => Number(o.version ?? 0)), 0),
    irVersion: Number(model.irVersion ?? 0),
    producer: [model.producerName, model.producerVersion].filter((s) => s).join(' '),
  }
}

/** Initializers; where none is a weight, constants of several numbers too: some exporters keep them there. */
function weightsOf({ initializer, node }: IGraphProto): ITensorProto[] {
  if (initializer?.some(isWeight)) return initializer
  const constants = (node ?? []).flatMap(({ opType, attribute }) => (opType === 'Constant' ? (attribute ?? []).flatMap((a) => (a.name === 'value' && a.t ? [a.t] : [])) : []))
  return [...(initializer ?? []), ...constants.filter(isWeight)]
}

function port(v: IValueInfoProto): Port {
  const tensor = v.type?.tensorType
  const dtype = tensor ? (dtypeOf(tensor.elemType ?? 0) ?? `type ${tensor.elemType ?? 0}`) : v.type?.sequenceType ? 'sequence' : v.type?.mapType ? 'map' : 'unknown'
  const shape = (tensor?.shape?.dim ?? []).map((d) => (d.dimParam ? d.dimParam : d.dimValue === null || d.dimValue === undefined ? '?' : Number(d.dimValue)))
  return { name: v.name ?? '', dtype, shape }
}

/** Operators of the graph and of the graphs in its nodes (If, Loop), most used first. */
function countOps(root: IGraphProto): Inspection['ops'] {
  const counts = new Map<string, { op: string; domain: string; count: number }>()
  const open: IGraphProto[] = [root]
  for (let graph = open.pop(); graph; graph = open.pop()) {
    for (const node of graph.node ?? []) {
      const [op, domain] = [node.opType ?? '', node.domain ?? '']
      const entry = counts.get(`${domain} ${op}`) ?? { op, domain, count: 0 }
      entry.count++
      counts.set(`${domain} ${op}`, entry)
      open.push(...subgraphs(node))
    }
  }
  return [...counts.values()].sort((a, b) => b.count - a.count || (a.op < b.op ? -1 : 1))
}

function subgraphs(node: INodeProto): IGraphProto[] {
  return (node.attribute ?? []).flatMap((a) => [...(a.g ? [a.g] : []), ...(a.graphs ?? [])])
}
