// Element types, shapes and attributes of the graph: the vocabulary of ONNX tensors.

/** ONNX tensor element types that the graph can carry. */
export const DTYPES = ['float32', 'float64', 'float16', 'int64', 'int32', 'int16', 'int8', 'uint64', 'uint32', 'uint16', 'uint8', 'bool', 'string'] as const
export type DType = (typeof DTYPES)[number]

/** A known size, or the name of a symbolic one such as the batch `N`. */
export type Dim = number | string
export type Shape = readonly Dim[]
export interface ValueType {
  readonly dtype: DType
  readonly shape: Shape
}

export type TypedArray = Float32Array | Float64Array | Int32Array | Uint32Array | Int16Array | Uint16Array | Int8Array | Uint8Array | BigInt64Array | BigUint64Array
export interface TensorData extends ValueType {
  readonly shape: readonly number[]
  readonly data: TypedArray | readonly string[]
}

/** Attribute values of a node; integers and floats are told apart by the operator's schema when bytes are written. */
export type Attribute = number | string | boolean | readonly number[] | readonly string[] | TensorData
export type Attributes = Readonly<Record<string, Attribute | undefined>>

/** Number of elements; throws when a dimension is symbolic. */
export function elements(shape: Shape): number {
  let n = 1
  for (const d of shape) {
    if (typeof d !== 'number') throw new TypeError(`the size of [${shape.join(', ')}] is not known: dimension '${d}' is symbolic`)
    n *= d
  }
  return n
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((d, i) => d === b[i])
}

export function isStatic(shape: Shape): shape is readonly number[] {
  return shape.every((d) => typeof d === 'number')
}
