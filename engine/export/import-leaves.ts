// Initializers and constants of a model file: float32 weights become parameters, all others constants; each when it is first used.
import type { IGraphProto, ITensorProto } from '../compile/proto.ts'
import { LatheError } from '../contract/errors.ts'
import type { Graph, Value } from '../graph/graph.ts'
import type { TensorData } from '../graph/types.ts'
import { tensorData } from './import-tensor.ts'

/** Inputs whose numbers say how an operator works: they are no weights. */
const settings: Readonly<Record<string, readonly number[] | undefined>> = {
  Clip: [1, 2],
  DequantizeLinear: [1],
  Dropout: [1],
  NonMaxSuppression: [3, 4],
  OneHot: [2],
  Pad: [2],
  QLinearConv: [1, 4, 6],
  QLinearMatMul: [1, 4, 6],
  QuantizeLinear: [1],
  Range: [0, 1, 2],
  Resize: [1, 2],
  Upsample: [1],
}

/** float32, float16, float64, bfloat16: what is learned; integers are shapes and indices. */
const FLOATS: ReadonlySet<number> = new Set([1, 10, 11, 16])
/** Numbers of a tensor that may be learned; 0 for integers. */
export const floatsOf = ({ dims, dataType }: ITensorProto): number => (FLOATS.has(dataType ?? 0) ? (dims ?? []).reduce<number>((n, d) => n * Number(d), 1) : 0)
export const isWeight = (tensor: ITensorProto): boolean => floatsOf(tensor) > 1

export class Leaves {
  readonly parameters = new Map<string, Float32Array>()
  /** Whether any initializer is a weight of several numbers. */
  readonly holdWeights: boolean
  readonly #graph: Graph
  readonly #tensors = new Map<string, ITensorProto>()
  readonly #values = new Map<string, Value>()
  readonly #settings = new Set<string>()

  constructor(graph: Graph, proto: IGraphProto) {
    this.#graph = graph
    this.holdWeights = (proto.initializer ?? []).some(isWeight)
    if ((proto.sparseInitializer?.length ?? 0) > 0) throw new LatheError('graph', 'has sparse initializers, which are not supported')
    for (const t of proto.initializer ?? []) {
      const name = t.name ?? ''
      if (name === '' || this.#tensors.has(name)) throw new LatheError('graph', name === '' ? 'has an initializer without name' : `has two initializers named '${name}'`)
      this.#tensors.set(name, t)
    }
    for (const node of proto.node ?? []) {
      const at = Object.hasOwn(settings, node.opType ?? '') ? settings[node.opType ?? ''] : undefined
      for (const i of at ?? []) {
        const name = node.input?.[i]
        if (name) this.#settings.add(name)
      }
    }
  }

  has(name: string): boolean {
    return this.#tensors.has(name)
  }

  /** Null where there is no initializer of that name. */
  value(name: string): Value | null {
    const known = this.#values.get(name)
    const tensor = this.#tensors.get(name)
    if (known || !tensor) return known ?? null
    const value = this.made(name, tensorData(tensor, `initializer '${name}'`))
    this.#values.set(name, value)
    return value
  }

  /** A parameter called `name` where the numbers are a weight's, else a constant. */
  made(name: string, { dtype, shape, data }: TensorData): Value {
    const weight = data instanceof Float32Array && !this.#settings.has(name)
    if (!weight) return this.#graph.constant(data, dtype, shape)
    this.parameters.set(name, data)
    return this.#graph.parameter(name, shape)
  }
}

/** All weights but single numbers and the running statistics of BatchNormalization. */
export function defaultTrainable(graph: Graph, parameters: ReadonlyMap<string, Float32Array>): (name: string) => boolean {
  const statistics = new Set<string>()
  for (const node of graph.nodes) if (node.op.name === 'BatchNormalization') for (const v of node.inputs.slice(3)) if (v) statistics.add(v.name)
  return (name) => (parameters.get(name)?.length ?? 0) > 1 && !statistics.has(name)
}
