// A walk over the wire format of a model before anything is decoded: bounds its depth and the memory that decoding would take.
// https://protobuf.dev/programming-guides/encoding/ and the field numbers of onnx.proto
import { GraphError } from '../graph/errors.ts'

/** Larger models are refused: decoded, with their weights copied once, they stay under 1 GB. */
export const MAX_IMPORT_BYTES = 400 * 2 ** 20
const MAX_MEMORY = 820 * 2 ** 20
const MAX_DEPTH = 96

type Message = 'model' | 'graph' | 'node' | 'attribute' | 'tensor' | 'sparse' | 'value' | 'type' | 'tensorType' | 'inner' | 'mapType' | 'shape' | 'training' | 'function' | 'leaf'

/** Which message a field holds. Strings and numbers are all other fields. */
const fields: Readonly<Record<Message, Readonly<Record<number, Message>>>> = {
  model: { 7: 'graph', 8: 'leaf', 14: 'leaf', 20: 'training', 25: 'function' },
  graph: { 1: 'node', 5: 'tensor', 11: 'value', 12: 'value', 13: 'value', 14: 'leaf', 15: 'sparse' },
  node: { 5: 'attribute' },
  attribute: { 5: 'tensor', 6: 'graph', 10: 'tensor', 11: 'graph', 14: 'type', 15: 'type', 22: 'sparse', 23: 'sparse' },
  tensor: { 13: 'leaf' },
  sparse: { 1: 'tensor', 2: 'tensor' },
  value: { 2: 'type' },
  type: { 1: 'tensorType', 4: 'inner', 5: 'mapType', 8: 'tensorType', 9: 'inner' },
  tensorType: { 2: 'shape' },
  inner: { 1: 'type' },
  mapType: { 2: 'type' },
  shape: { 1: 'leaf' },
  training: { 1: 'graph', 2: 'graph', 3: 'leaf', 4: 'leaf' },
  function: { 7: 'node', 9: 'leaf', 11: 'attribute', 12: 'value' },
  leaf: {},
}

/** Bytes of a decoded message with what the graph keeps of it. */
const COST: Readonly<Record<Message, number>> = { model: 0, graph: 500, node: 1500, attribute: 500, tensor: 600, sparse: 300, value: 300, type: 200, tensorType: 100, inner: 100, mapType: 100, shape: 100, training: 300, function: 500, leaf: 200 }
/** A 64-bit integer becomes an object. */
const INTEGER = 48
const packed64: Readonly<Partial<Record<Message, readonly number[]>>> = { attribute: [8], tensor: [1, 7, 11] }
const packedReal: Readonly<Partial<Record<Message, readonly number[]>>> = { attribute: [7], tensor: [4, 5, 10] }

/** Throws GraphError where the bytes are no wire format, nested too deeply, or would take too much memory. */
export function scan(bytes: Uint8Array): void {
  let memory = bytes.length
  const spend = (n: number): void => {
    memory += n
    if (memory > MAX_MEMORY) throw new GraphError(`it would take over ${MAX_MEMORY / 2 ** 20} MB of memory`)
  }
  let at = 0
  const varint = (end: number): number => {
    let value = 0
    for (let shift = 0; shift < 70; shift += 7) {
      if (at >= end) break
      const b = bytes[at++] ?? 0
      value += (b & 127) * 2 ** shift
      if (b < 128) return value
    }
    throw new GraphError(`its bytes do not decode: a number at byte ${at} has no end`)
  }
  const walk = (message: Message, end: number, depth: number): void => {
    if (depth > MAX_DEPTH) throw new GraphError(`messages are nested over ${MAX_DEPTH} deep`)
    spend(COST[message])
    while (at < end) {
      const tag = varint(end)
      const [field, wire] = [Math.floor(tag / 8), tag % 8]
      if (wire === 0) {
        varint(end)
        spend(INTEGER)
      } else if (wire === 1 || wire === 5) {
        at += wire === 1 ? 8 : 4
        spend(16)
      } else if (wire === 2) {
        const length = varint(end)
        if (length > end - at) throw new GraphError(`its bytes do not decode: ${length} bytes are announced at byte ${at}, ${end - at} are left`)
        const child = fields[message][field]
        if (child) walk(child, at + length, depth + 1)
        else {
          spend(packed64[message]?.includes(field) ? length * INTEGER : packedReal[message]?.includes(field) ? length * 9 : 64 + length)
          at += length
        }
      } else throw new GraphError(`its bytes do not decode: wire type ${wire} at byte ${at}`)
      if (at > end) throw new GraphError(`its bytes do not decode: a field at byte ${at} is cut off`)
    }
  }
  walk('model', bytes.length, 0)
}
