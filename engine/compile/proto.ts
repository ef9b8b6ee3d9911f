// The one door to onnx-proto: message types and element type numbers of ONNX.
// https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
import proto from 'onnx-proto'
import type { onnx } from 'onnx-proto'
import type { DType } from '../graph/types.ts'

export const { ModelProto, TensorProto } = proto.onnx
export type IModelProto = onnx.IModelProto
export type IGraphProto = onnx.IGraphProto
export type INodeProto = onnx.INodeProto
export type IAttributeProto = onnx.IAttributeProto
export type ITensorProto = onnx.ITensorProto
export type IValueInfoProto = onnx.IValueInfoProto

export const ATTRIBUTE = proto.onnx.AttributeProto.AttributeType
export type AttributeType = onnx.AttributeProto.AttributeType
export const LOCATION = proto.onnx.TensorProto.DataLocation

/** An integer field: a number, or an object that prints as one where it may be past 2^53. */
export const bigOf = (v: unknown): bigint => BigInt(String(v))

/** TensorProto.DataType */
export const ELEMENT = { float32: 1, uint8: 2, int8: 3, uint16: 4, int16: 5, int32: 6, int64: 7, string: 8, bool: 9, float16: 10, float64: 11, uint32: 12, uint64: 13 } as const satisfies Record<DType, number>

const byNumber = new Map<number, DType>(Object.entries(ELEMENT).map(([name, n]) => [n, name as DType]))

/** The element type of that number, or null where it is none that the graph can carry. */
export const dtypeOf = (n: number): DType | null => byNumber.get(n) ?? null
