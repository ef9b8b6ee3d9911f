// What a run of a graph needs at its peak: the life of every tensor, in the order in which ONNX Runtime takes the nodes. Nothing is run.
import type { Graph, Node, Value } from '../graph/graph.ts'
import { resolve } from '../graph/order.ts'
import { elements, isStatic, type DType } from '../graph/types.ts'
import { fileOrder } from './file-order.ts'

const BYTES = { float32: 4, float64: 8, float16: 2, int64: 8, int32: 4, int16: 2, int8: 1, uint64: 8, uint32: 4, uint16: 2, uint8: 1, bool: 1, string: 32 } satisfies Record<DType, number>

/** Outputs that are their first input, seen in another shape. */
const VIEWS: ReadonlySet<string> = new Set(['Reshape', 'Flatten', 'Squeeze', 'Unsqueeze', 'Identity'])
/** Operators that ORT lets write over an input of the same size which nobody reads later. */
const IN_PLACE: ReadonlySet<string> = new Set(['Abs', 'Add', 'And', 'Cast', 'Ceil', 'Clip', 'Cos', 'Div', 'Elu', 'Exp', 'Floor', 'HardSigmoid', 'LeakyRelu', 'Log', 'LogSoftmax', 'Mul', 'Neg', 'Or', 'Pow', 'Reciprocal', 'Relu', 'Selu', 'Sigmoid', 'Sign', 'Sin', 'Softmax', 'Softplus', 'Softsign', 'Sqrt', 'Sub', 'Tanh'])

export interface RunMemory {
  /** Bytes of what the graph is fed on each run. */
  readonly inputs: number
  /** Bytes of what it gives. */
  readonly outputs: number
  /** Bytes that live at once at the worst moment, outputs among them and inputs not. */
  readonly peak: number
  /** The node at that moment. */
  readonly at: Node | null
}

/** Bytes of a value; a symbolic size counts as 1. */
export const bytesOf = ({ dtype, shape }: Pick<Value, 'dtype' | 'shape'>): number => BYTES[dtype] * (isStatic(shape) ? elements(shape) : shape.reduce<number>((n, d) => n * (typeof d === 'number' ? d : 1), 1))

/**
 * Liveness over the graph's nodes. ORT's own fusions and the scratch of its kernels are not in it: together they stay within a tenth
 * for the training steps measured by `npm run bench -- memory`.
 */
export function runMemory(graph: Graph): RunMemory {
  const order = executionOrder(graph)
  const outputs = new Set([...graph.outputs.values()].map((v) => resolve(graph, v)))
  /** The value whose buffer a value lives in. */
  const home = new Map<Value, Value>()
  const homeOf = (v: Value): Value => home.get(v) ?? v
  const readers = new Map<Value, number>()
  const read = (v: Value, by: number): void => void readers.set(v, (readers.get(v) ?? 0) + by)
  for (const node of order) for (const v of new Set(node.inputs)) if (v) read(resolve(graph, v), 1)
  for (const v of outputs) read(v, 1)

  let [live, peak] = [0, 0]
  let at: Node | null = null
  /** Reads to come of each buffer. */
  const left = new Map<Value, number>()
  for (const node of order) {
    const inputs = [...new Set(node.inputs.flatMap((v) => (v ? [resolve(graph, v)] : [])))]
    const taken = new Set<Value>()
    node.outputs.forEach((out, i) => {
      const count = readers.get(out) ?? 0
      if (count === 0 && i > 0) return
      const reused = i === 0 ? bufferFor(node, out, inputs.map(homeOf), left, outputs) : null
      if (reused) {
        home.set(out, reused)
        left.set(reused, (left.get(reused) ?? 0) + count)
        taken.add(reused)
      } else {
        left.set(out, count)
        live += bytesOf(out)
      }
    })
    if (live > peak) [peak, at] = [live, node]
    for (const v of inputs) {
      const buffer = homeOf(v)
      const rest = (left.get(buffer) ?? Infinity) - 1
      left.set(buffer, rest)
      if (rest === 0) live -= bytesOf(buffer)
    }
    for (const out of node.outputs) if (!home.has(out) && left.get(out) === 0) live -= bytesOf(out)
  }
  const sum = (values: Iterable<Value>): number => [...values].reduce((n, v) => n + bytesOf(v), 0)
  return { inputs: sum(graph.inputs), outputs: sum(outputs), peak, at }
}

/** The buffer of an input that `out` may use, if there is one. */
function bufferFor(node: Node, out: Value, inputs: readonly Value[], left: ReadonlyMap<Value, number>, outputs: ReadonlySet<Value>): Value | null {
  if (outputs.has(out)) return null
  const own = (v: Value | undefined): v is Value => v !== undefined && left.has(v)
  const first = inputs[0]
  if (VIEWS.has(node.op.name)) return own(first) ? first : null
  if (!IN_PLACE.has(node.op.name)) return null
  return inputs.find((v) => own(v) && left.get(v) === 1 && bytesOf(v) === bytesOf(out)) ?? null
}

/** As ORT sorts nodes: from those that nothing follows back to what they need, at each the latest in the file first. */
function executionOrder(graph: Graph): Node[] {
  const file = fileOrder(graph)
  const index = new Map(file.map((n, i) => [n, i]))
  const before = (node: Node): Node[] => [...new Set(node.inputs.flatMap((v) => (v ? (resolve(graph, v).producer ?? []) : [])))]
  const followed = new Set(file.flatMap(before))
  const order: Node[] = []
  const seen = new Set<Node>()
  const stack: { readonly node: Node; readonly leave: boolean }[] = file.filter((n) => !followed.has(n)).map((node) => ({ node, leave: false }))
  for (let top = stack.pop(); top; top = stack.pop()) {
    const { node } = top
    if (top.leave) order.push(node)
    else if (!seen.has(node)) {
      seen.add(node)
      stack.push({ node, leave: true }, ...before(node).sort((a, b) => (index.get(a) ?? 0) - (index.get(b) ?? 0)).map((n) => ({ node: n, leave: false })))
    }
  }
  return order
}
