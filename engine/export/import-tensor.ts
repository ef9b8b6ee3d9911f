// TensorProto to tensor data, checked: known element type, sane sizes, exactly the bytes that the shape needs.
import { bigOf, dtypeOf, LOCATION, type ITensorProto } from '../compile/proto.ts'
import { GraphError } from '../graph/errors.ts'
import type { DType, TensorData, TypedArray } from '../graph/types.ts'

const MAX_RANK = 64

/** float16 is kept as its bits, bool as bytes. Throws GraphError; `what` names the tensor. */
export function tensorData(t: ITensorProto, what: string): TensorData {
  if (t.dataLocation === LOCATION.EXTERNAL || (t.externalData?.length ?? 0) > 0) throw new GraphError(`${what} keeps its data in another file ('${externalFile(t)}'); save the model as one file`)
  const dtype = dtypeOf(t.dataType ?? 0)
  if (!dtype) throw new GraphError(`${what} has element type ${elementName(t.dataType ?? 0)}, which is not supported`)
  const shape = (t.dims ?? []).map(Number)
  const count = shape.reduce((a, b) => a * b, 1)
  if (shape.length > MAX_RANK || shape.some((d) => !Number.isSafeInteger(d) || d < 0) || !Number.isSafeInteger(count)) throw new GraphError(`${what} has the impossible shape [${shape.slice(0, MAX_RANK).join(', ')}]`)
  if (t.segment) throw new GraphError(`${what} is stored in segments, which is not supported`)
  const data = dtype === 'string' ? (t.stringData ?? []).map((s) => Buffer.from(s).toString()) : t.rawData && t.rawData.length > 0 ? rawArray(dtype, t.rawData, what) : fieldArray(dtype, t, what)
  if (data.length !== count) throw new GraphError(`${what} of shape [${shape.join(', ')}] needs ${count} elements, found ${data.length}`)
  return { dtype, shape, data }
}

const externalFile = (t: ITensorProto): string => t.externalData?.find((e) => e.key === 'location')?.value ?? 'unknown'

const names: Readonly<Record<number, string>> = { 0: 'undefined', 14: 'complex64', 15: 'complex128', 16: 'bfloat16', 17: 'float8e4m3fn', 18: 'float8e4m3fnuz', 19: 'float8e5m2', 20: 'float8e5m2fnuz', 21: 'uint4', 22: 'int4', 23: 'float4e2m1' }
/** For messages. */
export const elementName = (n: number): string => dtypeOf(n) ?? names[n] ?? `number ${n}`

const arrays = {
  float32: Float32Array,
  float64: Float64Array,
  float16: Uint16Array,
  int64: BigInt64Array,
  int32: Int32Array,
  int16: Int16Array,
  int8: Int8Array,
  uint64: BigUint64Array,
  uint32: Uint32Array,
  uint16: Uint16Array,
  uint8: Uint8Array,
  bool: Uint8Array,
} as const satisfies Record<Exclude<DType, 'string'>, unknown>

function rawArray(dtype: Exclude<DType, 'string'>, raw: Uint8Array, what: string): TypedArray {
  const kind = arrays[dtype]
  const size = kind.BYTES_PER_ELEMENT
  if (raw.byteLength % size !== 0) throw new GraphError(`${what} of ${dtype} has ${raw.byteLength} bytes, no multiple of ${size}`)
  // A copy: typed arrays want aligned bytes, and a view would keep the whole file in memory.
  return new kind(new Uint8Array(raw).buffer)
}

function fieldArray(dtype: Exclude<DType, 'string'>, t: ITensorProto, what: string): TypedArray {
  switch (dtype) {
    case 'float32':
      return Float32Array.from(t.floatData ?? [])
    case 'float64':
      return Float64Array.from(t.doubleData ?? [])
    case 'int64':
      return BigInt64Array.from(t.int64Data ?? [], bigOf)
    case 'uint64':
      return BigUint64Array.from(t.uint64Data ?? [], bigOf)
    case 'uint32':
      return Uint32Array.from(t.uint64Data ?? [], Number)
    default: {
      const list = t.int32Data ?? []
      const kind = arrays[dtype]
      const out = kind.from(list)
      if (out.some((v, i) => v !== list[i])) throw new GraphError(`${what} has numbers that are no ${dtype}`)
      return out
    }
  }
}
