// Graph, Node and Value: a typed single-assignment graph of ONNX operators under construction.
import { GraphError } from './errors.ts'
import type { OpDef } from './op.ts'
import { elements, type Attributes, type DType, type Shape, type TensorData, type TypedArray, type ValueType } from './types.ts'

export type ValueKind = 'input' | 'parameter' | 'constant' | 'node'

/** One tensor of a graph: a leaf, or one output of a node. */
export interface Value extends ValueType {
  readonly graph: Graph
  readonly id: number
  readonly name: string
  readonly kind: ValueKind
  readonly producer: Node | null
  /** Present on constants only. */
  readonly data: TensorData | null
}

/** One application of an operator. `inputs[i]` is null where an optional input is left out. */
export interface Node {
  readonly id: number
  readonly op: OpDef
  readonly inputs: readonly (Value | null)[]
  readonly outputs: readonly Value[]
  readonly attrs: Attributes
  /** The layer that built it (`conv1`), for printing, profiling and error messages. */
  readonly scope: string
}

/** Values are created in order, so node order is a topological order. */
export class Graph {
  readonly nodes: Node[] = []
  readonly inputs: Value[] = []
  readonly parameters: Value[] = []
  readonly outputs = new Map<string, Value>()
  readonly name: string
  /** What stands for a value wherever it is used: a slice of the flat vector for a parameter (`bind`), a better way to compute the same for the output of a node (`replace`). */
  readonly bound = new Map<Value, Value>()
  #next = 0
  #scope: string[] = []
  readonly #names = new Set<string>()
  readonly #reserved = new Set<string>()
  readonly #constants = new Map<string, Value>()

  constructor(name: string) {
    this.name = name
  }

  /** Keeps inner values from taking this name: one that an output will have. */
  reserve(name: string): void {
    if (!this.#names.has(name)) this.#reserved.add(name)
  }

  /** A tensor fed on each run. */
  input(name: string, dtype: DType, shape: Shape): Value {
    const value = this.#leaf('input', name, dtype, shape, null)
    this.inputs.push(value)
    return value
  }

  /** A float32 tensor that belongs to the model. Name is unique in the graph, e.g. `conv1.weight`. */
  parameter(name: string, shape: readonly number[]): Value {
    const value = this.#leaf('parameter', name, 'float32', shape, null)
    this.parameters.push(value)
    return value
  }

  /** A tensor known when the graph is built; small equal constants are shared. */
  constant(data: TypedArray | readonly string[], dtype: DType, shape: readonly number[]): Value {
    if (data.length !== elements(shape)) throw new GraphError(`constant has ${data.length} elements, its shape [${shape.join(', ')}] needs ${elements(shape)}`)
    const key = data.length <= 64 ? `${dtype}[${shape.join()}]${Array.from(data as ArrayLike<unknown>, (v) => (Object.is(v, -0) ? '-0' : String(v))).join()}` : null
    const known = key === null ? undefined : this.#constants.get(key)
    if (known) return known
    const value = this.#leaf('constant', this.#fresh('const'), dtype, shape, { dtype, shape, data })
    if (key !== null) this.#constants.set(key, value)
    return value
  }

  /** A float32 scalar. */
  scalar(v: number): Value {
    return this.constant(Float32Array.of(v), 'float32', [])
  }

  /** An int64 vector, as shapes, axes and indices want it. */
  ints(v: readonly number[]): Value {
    return this.constant(BigInt64Array.from(v, BigInt), 'int64', [v.length])
  }

  output(name: string, value: Value): void {
    if (value.graph !== this) throw new GraphError(`output '${name}' belongs to graph '${value.graph.name}', not to '${this.name}'`)
    if (this.outputs.has(name)) throw new GraphError(`output '${name}' is declared twice`)
    this.outputs.set(name, value)
  }

  /** Lets `value` stand for `parameter` wherever it is used, e.g. a slice of one flat parameter vector. */
  bind(parameter: Value, value: Value): void {
    if (parameter.kind !== 'parameter') throw new GraphError(`'${parameter.name}' is a ${parameter.kind}; only parameters can be bound`)
    this.bound.set(parameter, value)
  }

  /**
   * Lets `by`, the same numbers, stand for the node output `value` wherever it is used: a gradient rule that computes its operator again,
   * keeping more of it, thereby spares the operator. `by` must not depend on `value`.
   */
  replace(value: Value, by: Value): void {
    if (value.kind !== 'node') throw new GraphError(`'${value.name}' is a ${value.kind}; only what a node gives can be replaced`)
    if (this.bound.has(value)) throw new GraphError(`'${value.name}' has been replaced already`)
    this.bound.set(value, by)
  }

  /** Names everything built inside `body` after `scope` (nested with `/`). */
  in<T>(scope: string, body: () => T): T {
    this.#scope.push(scope)
    try {
      return body()
    } finally {
      this.#scope.pop()
    }
  }

  /** Appends a node; use `apply` from `op.ts`, which infers the output types. */
  append(op: OpDef, inputs: readonly (Value | null)[], attrs: Attributes, types: readonly ValueType[]): readonly Value[] {
    const outputs: Value[] = []
    const node: Node = { id: this.#next++, op, inputs, outputs, attrs, scope: this.#scope.join('/') }
    for (const type of types) outputs.push(this.#value('node', this.#fresh(op.name), type.dtype, type.shape, node, null))
    this.nodes.push(node)
    return outputs
  }

  #leaf(kind: ValueKind, name: string, dtype: DType, shape: Shape, data: TensorData | null): Value {
    if (kind !== 'constant' && this.#names.has(name)) throw new GraphError(`the name '${name}' is taken in graph '${this.name}'`)
    this.#names.add(name)
    return this.#value(kind, name, dtype, shape, null, data)
  }

  #value(kind: ValueKind, name: string, dtype: DType, shape: Shape, producer: Node | null, data: TensorData | null): Value {
    return { graph: this, id: this.#next++, name, kind, dtype, shape, producer, data }
  }

  #fresh(prefix: string): string {
    let name = `${prefix}_${this.#next}`
    while (this.#names.has(name) || this.#reserved.has(name)) name = `${name}_`
    this.#names.add(name)
    return name
  }
}
