// Small helpers with which operators are written: definite inputs, constants like a value, one-output application.
import { GraphError } from '../../graph/errors.ts'
import type { Graph, Value } from '../../graph/graph.ts'
import { apply, type GradRule, type InferContext, type OpDef } from '../../graph/op.ts'
import type { Attributes, DType, TypedArray, ValueType } from '../../graph/types.ts'

export const FLOATS = ['float32', 'float64', 'float16'] as const satisfies readonly DType[]
export const NUMBERS = [...FLOATS, 'int64', 'int32', 'int16', 'int8', 'uint64', 'uint32', 'uint16', 'uint8'] as const satisfies readonly DType[]
export const ANY = [...NUMBERS, 'bool', 'string'] as const satisfies readonly DType[]

export type Operand = Value | number

/** `list[i]`, which a checked node always has. */
export function must<T>(list: readonly (T | null | undefined)[], i: number): T {
  const item = list[i]
  if (item === null || item === undefined) throw new GraphError(`item ${i} of a node is missing; it was expected to be there`)
  return item
}

/** Numbers as the typed array of `dtype`. */
export function typed(dtype: DType, v: readonly number[]): TypedArray {
  switch (dtype) {
    case 'float32':
      return Float32Array.from(v)
    case 'float64':
      return Float64Array.from(v)
    case 'int64':
      return BigInt64Array.from(v, BigInt)
    case 'uint64':
      return BigUint64Array.from(v, BigInt)
    case 'int32':
      return Int32Array.from(v)
    case 'uint32':
      return Uint32Array.from(v)
    case 'int16':
      return Int16Array.from(v)
    case 'uint16':
      return Uint16Array.from(v)
    case 'int8':
      return Int8Array.from(v)
    case 'uint8':
    case 'bool':
      return Uint8Array.from(v)
    default:
      throw new GraphError(`a constant of ${dtype} cannot be made from numbers`)
  }
}

/** A scalar of `dtype`. */
export const scalarOf = (graph: Graph, dtype: DType, v: number): Value => graph.constant(typed(dtype, [v]), dtype, [])

/** Turns number operands into scalars of the other operand's type. */
export function operands(op: string, a: Operand, b: Operand): [Value, Value] {
  if (typeof a !== 'number') return [a, typeof b === 'number' ? scalarOf(a.graph, a.dtype, b) : b]
  if (typeof b !== 'number') return [scalarOf(b.graph, b.dtype, a), b]
  throw new GraphError(`${op}: both operands are numbers; one must belong to a graph`)
}

/** Applies an operator and returns its first output. */
export function single(op: OpDef, inputs: readonly (Value | null)[], attrs: Attributes = {}): Value {
  return must(apply(op, inputs, attrs), 0)
}

/** Integers of a constant input; an error where the operator needs them known and they are not. */
export function constantInts(ctx: InferContext<Attributes>, i: number, what: string): number[] {
  const data = ctx.constant(i)
  if (!data) throw new GraphError(`${ctx.op}: ${what} must be a constant here`)
  return Array.from(data.data as ArrayLike<number | bigint>, Number)
}

/** Integers of input `i` where they are known: the operator's rule then says more of its output than `ctx.free()`. */
export function intsOr<T>(ctx: InferContext<Attributes>, i: number, otherwise: T): number[] | T {
  const data = ctx.constant(i)
  return data ? Array.from(data.data as ArrayLike<number | bigint>, Number) : otherwise
}

export const intsOf = (value: Value): number[] | null => (value.data ? Array.from(value.data.data as ArrayLike<number | bigint>, Number) : null)

export const first = (ctx: { readonly inputs: readonly (ValueType | null)[] }): ValueType => must(ctx.inputs, 0)

/** What the gradient rule of a one-input, one-output operator sees: incoming gradient, input, output. */
export type UnaryGrad<A> = (g: Value, x: Value, y: Value, attrs: A) => Value

export function unaryRule<A extends Attributes>(rule: UnaryGrad<A>): GradRule<A> {
  return (ctx) => [rule(must(ctx.grads, 0), must(ctx.inputs, 0), must(ctx.outputs, 0), ctx.attrs)]
}
