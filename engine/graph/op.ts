// OpDef: all that the engine knows of one operator, and apply(), which adds a node of it to a graph.
import type { z } from 'zod'
import { GraphError } from './errors.ts'
import type { Graph, Node, Value } from './graph.ts'
import type { Attributes, DType, Shape, TensorData, ValueType } from './types.ts'

export type OpDomain = '' | 'ai.onnx.ml' | 'com.microsoft' | 'com.microsoft.nchwc'

export interface InputSpec {
  readonly name: string
  /** Element types accepted; inputs that share a `type` letter must agree. */
  readonly dtypes: readonly DType[]
  readonly type?: string
  readonly optional?: boolean
  /** Only on the last input: takes any number of further values. */
  readonly variadic?: boolean
}

export interface InferContext<A extends Attributes> {
  readonly op: string
  readonly attrs: A
  readonly inputs: readonly (ValueType | null)[]
  /** The value of input `i` where it is a constant, else null. */
  constant(i: number): TensorData | null
  /** The elements of integer vector `i` where they are known: a constant, or the Shape of a value (which may have symbolic dims). */
  dims(i: number): Shape | null
}

export interface GradContext<A extends Attributes> {
  readonly graph: Graph
  readonly node: Node
  readonly attrs: A
  readonly inputs: readonly (Value | null)[]
  readonly outputs: readonly Value[]
  /** Gradient of each output; null where nothing depends on it. */
  readonly grads: readonly (Value | null)[]
  /** False where nobody asked for the gradient of input `i`: skip its work and return null. */
  needs(i: number): boolean
}

/** Returns one gradient an input, null for inputs that have or need none. */
export type GradRule<A extends Attributes> = (ctx: GradContext<A>) => readonly (Value | null)[]

/**
 * `'none'`: the derivative is zero or the output is not a number to differentiate (Shape, ArgMax): nothing flows back.
 * `'forbidden'`: differentiating through it is a mistake that must be said.
 */
export type Differentiability<A extends Attributes> = GradRule<A> | 'none' | 'forbidden'

export interface OpDef<A extends Attributes = Attributes> {
  /** ONNX operator name. */
  readonly name: string
  readonly domain: OpDomain
  /** The opset version from which the semantics implemented here hold. */
  readonly since: number
  readonly inputs: readonly InputSpec[]
  /** Least and most outputs. */
  readonly outputs: readonly [min: number, max: number]
  readonly attributes: z.ZodType<A>
  /** Attributes written as ONNX FLOAT(S); all other numbers are INT(S). */
  readonly floats?: readonly string[]
  infer(ctx: InferContext<A>): readonly ValueType[]
  readonly grad: Differentiability<A>
}

/** Keeps an operator's attribute type while it is written down, and forgets it for the registry. */
export function defineOp<A extends Attributes>(def: OpDef<A>): OpDef {
  return def as unknown as OpDef
}

/** Adds one node to the graph of its first present input (or `graph`). Errors name operator, scope and what was found. */
export function apply(op: OpDef, inputs: readonly (Value | null)[], attrs: Attributes = {}, graph?: Graph): readonly Value[] {
  const home = graph ?? inputs.find((v) => v !== null)?.graph
  if (!home) throw new GraphError(`${op.name}: no input and no graph given`)
  for (const v of inputs) if (v && v.graph !== home) throw new GraphError(`${op.name}: '${v.name}' belongs to another graph ('${v.graph.name}', not '${home.name}')`)
  const parsed = op.attributes.safeParse(attrs)
  if (!parsed.success) throw new GraphError(`${op.name}: ${parsed.error.issues.map((i) => `attribute '${i.path.join('.')}': ${i.message}`).join('; ')}`)
  checkInputs(op, inputs)
  const types = op.infer(inferContext(op, inputs, parsed.data))
  return home.append(op, inputs, parsed.data, types)
}

/** What a shape rule may ask about a node's inputs; the verifier uses it too. */
export function inferContext<A extends Attributes>(op: OpDef, inputs: readonly (Value | null)[], attrs: A): InferContext<A> {
  return { op: op.name, attrs, inputs, constant: (i) => inputs[i]?.data ?? null, dims: (i) => knownDims(inputs[i] ?? null) }
}

function knownDims(value: Value | null): Shape | null {
  if (value?.data) return Array.from(value.data.data as ArrayLike<number | bigint | string>, Number)
  if (value?.producer?.op.name === 'Shape') return value.producer.inputs[0]?.shape ?? null
  return null
}

export function checkInputs(op: OpDef, inputs: readonly (Value | null)[]): void {
  const last = op.inputs.at(-1)
  if (inputs.length > op.inputs.length && !last?.variadic) throw new GraphError(`${op.name}: takes at most ${op.inputs.length} inputs, got ${inputs.length}`)
  const bound = new Map<string, DType>()
  const count = Math.max(inputs.length, op.inputs.length)
  for (let i = 0; i < count; i++) {
    const spec = op.inputs[i] ?? last
    const value = inputs[i]
    if (!spec) continue
    if (!value) {
      if (!spec.optional && i < op.inputs.length) throw new GraphError(`${op.name}: input ${i} '${spec.name}' is missing`)
      continue
    }
    if (!spec.dtypes.includes(value.dtype)) throw new GraphError(`${op.name}: input ${i} '${spec.name}' is ${value.dtype} ('${value.name}'), expected ${spec.dtypes.join(' or ')}`)
    if (spec.type !== undefined) {
      const other = bound.get(spec.type) ?? value.dtype
      if (other !== value.dtype) throw new GraphError(`${op.name}: input ${i} '${spec.name}' is ${value.dtype}, but an input of the same type before it is ${other}`)
      bound.set(spec.type, value.dtype)
    }
  }
}
