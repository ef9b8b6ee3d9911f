// Typed arrays and infinities over oRPC's JSON: given to both sides of every connection.
interface Serializer {
  readonly type: number
  condition(data: unknown): boolean
  serialize(data: never): unknown
  deserialize(data: never): unknown
}

const ARRAYS = { Float32Array, Uint8Array, Int32Array } as const
type Kind = keyof typeof ARRAYS

const toBase64 = (bytes: Uint8Array): string => {
  let text = ''
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000))
  return btoa(text)
}
const fromBase64 = (text: string): ArrayBuffer => Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer

export const serializers: Serializer[] = [
  {
    type: 30,
    condition: (data) => ArrayBuffer.isView(data) && data.constructor.name in ARRAYS,
    serialize: (data: Float32Array) => [data.constructor.name, toBase64(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))],
    deserialize: ([kind, text]: [Kind, string]) => new ARRAYS[kind](fromBase64(text)),
  },
  {
    type: 31,
    condition: (data) => data === Infinity || data === -Infinity,
    serialize: (data: number) => (data > 0 ? '+' : '-'),
    deserialize: (sign: string) => (sign === '+' ? Infinity : -Infinity),
  },
]
