// AttributeProto to the attributes of a node.
import { ATTRIBUTE, type AttributeType, type IAttributeProto } from '../compile/proto.ts'
import { GraphError } from '../graph/errors.ts'
import type { Attribute } from '../graph/types.ts'
import { tensorData } from './import-tensor.ts'

/** Integers past 2^53 stand for "without end" (Slice) and are limited to it. */
const int = (v: unknown): number => Math.min(Math.max(Number(v ?? 0), -Number.MAX_SAFE_INTEGER), Number.MAX_SAFE_INTEGER)
const text = (v: Uint8Array | null | undefined): string => Buffer.from(v ?? []).toString()

/** Throws GraphError on graphs, sparse tensors and types, which no operator here takes. */
export function attributes(list: readonly IAttributeProto[]): Record<string, Attribute> {
  const out: Record<string, Attribute> = {}
  for (const a of list) {
    const name = a.name ?? ''
    if (name === '' || name in out) throw new GraphError(name === '' ? 'an attribute has no name' : `attribute '${name}' is given twice`)
    if (a.refAttrName) throw new GraphError(`attribute '${name}' refers to '${a.refAttrName}' of a function`)
    Object.defineProperty(out, name, { value: valueOf(a, name), enumerable: true, configurable: true, writable: true })
  }
  return out
}

function valueOf(a: IAttributeProto, name: string): Attribute {
  const type = a.type ?? ATTRIBUTE.UNDEFINED
  switch (type === ATTRIBUTE.UNDEFINED ? guess(a) : type) {
    case ATTRIBUTE.FLOAT:
      return a.f ?? 0
    case ATTRIBUTE.INT:
      return int(a.i)
    case ATTRIBUTE.STRING:
      return text(a.s)
    case ATTRIBUTE.TENSOR:
      return tensorData(a.t ?? {}, `attribute '${name}'`)
    case ATTRIBUTE.FLOATS:
      return a.floats ?? []
    case ATTRIBUTE.INTS:
      return (a.ints ?? []).map(int)
    case ATTRIBUTE.STRINGS:
      return (a.strings ?? []).map(text)
    default:
      throw new GraphError(`attribute '${name}' is a ${a.g || a.graphs?.length ? 'graph (control flow)' : 'sparse tensor or type'}, which is not supported`)
  }
}

/** Writers before IR version 3 left the type out. */
function guess(a: IAttributeProto): AttributeType {
  if (a.t) return ATTRIBUTE.TENSOR
  if (a.g) return ATTRIBUTE.GRAPH
  if (a.ints?.length) return ATTRIBUTE.INTS
  if (a.floats?.length) return ATTRIBUTE.FLOATS
  if (a.strings?.length) return ATTRIBUTE.STRINGS
  if (a.s?.length) return ATTRIBUTE.STRING
  return a.f ? ATTRIBUTE.FLOAT : ATTRIBUTE.INT
}
