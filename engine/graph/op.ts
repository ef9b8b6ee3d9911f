// OpDef: all that the engine knows of one operator, and apply(), which adds a node of it to a graph.
import type { z } from 'zod'
import { GraphError } from './errors.ts'
import type { Graph, Node, Value } from './graph.ts'
import { knownElements, knownNumbers } from './known.ts'
import type { Attributes, Dim, DType, Shape, TensorData, ValueType } from './types.ts'

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
  /**
   * The elements of integer vector or scalar `i` as far as they are known: a constant, the Shape of a value and arithmetic on it.
   * Sizes may be symbolic; an element of which nothing is known before the run is a free symbol (`isFree` of `dims.ts`).
   * Null where its length is not known either.
   */
  dims(i: number): Shape | null
  /** A size of the output that only the run tells; `k` tells several of one node apart. The same for the same operator and inputs. */
  free(k?: number): Dim
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
  return home.append(op, inputs, parsed.data, inferTypes(op, inputs, parsed.data))
}

/** What a shape rule may ask about a node's inputs; the verifier uses it too. */
export function inferContext<A extends Attributes>(op: OpDef, inputs: readonly (Value | null)[], attrs: A): InferContext<A> {
  return {
    op: op.name,
    attrs,
    inputs,
    constant: (i) => constantOf(inputs[i] ?? null),
    dims: (i) => (inputs[i] ? knownElements(inputs[i]) : null),
    free: (k = 0) => `?${op.name}(${inputs.map((v) => v?.id ?? '').join()})[${k}]`,
  }
}

/** The data of a constant, or of integers that follow from constants and known sizes. */
function constantOf(value: Value | null): TensorData | null {
  if (!value || value.data) return value?.data ?? null
  const numbers = knownNumbers(value)
  return numbers && value.dtype === 'int64' ? { dtype: 'int64', shape: value.shape.map(Number), data: BigInt64Array.from(numbers, (n) => BigInt(Math.trunc(n))) } : null
}

const MAX_RANK = 64
/** Longer expressions of sizes say nothing to people; joined to themselves they would double with every node. */
const MAX_EXPRESSION = 200

/** Output types by the operator's shape rule, with sizes that are too long to read named by their digest. */
export function inferTypes(op: OpDef, inputs: readonly (Value | null)[], attrs: Attributes): ValueType[] {
  return op.infer(inferContext(op, inputs, attrs)).map(({ dtype, shape }) => {
    if (shape.length > MAX_RANK) throw new GraphError(`${op.name}: an output has ${shape.length} axes, at most ${MAX_RANK} are allowed`)
    for (const d of shape) if (typeof d === 'number' && !(Number.isSafeInteger(d) && d >= 0)) throw new GraphError(`${op.name}: an output has the impossible size ${d} in [${shape.join(', ')}]`)
    return { dtype, shape: shape.map((d) => (typeof d === 'string' && d.length > MAX_EXPRESSION ? digest(d) : d)) }
  })
}

/** FNV-1a of 52 bits in two halves: enough to tell the expressions of one graph apart. */
function digest(text: string): string {
  let [a, b] = [0x811c9dc5, 0x01000193]
  for (let i = 0; i < text.length; i++) {
    a = Math.imul(a ^ text.charCodeAt(i), 0x01000193)
    b = Math.imul(b ^ text.charCodeAt(i), 0x85ebca6b)
  }
  return `${text.includes('?') ? '?' : ''}expr_${(a >>> 0).toString(36)}${(b >>> 0).toString(36)}`
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
