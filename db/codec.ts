// Codec: how numbers, arrays and JSON stand in columns.
import { endianness } from 'node:os'
import { LatheError } from '../engine/contract/errors.ts'

const swap = endianness() === 'BE'

/** Little-endian bytes of `values`; shares their memory where the machine is little-endian. */
export function fromFloats(values: Float32Array): Uint8Array {
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength)
  return swap ? Buffer.from(bytes).swap32() : bytes
}

/** A copy of its own: aligned, and free of SQLite's buffer. */
export function toFloats(bytes: Uint8Array): Float32Array {
  const copy = Buffer.from(Uint8Array.from(bytes).buffer)
  if (swap) copy.swap32()
  return new Float32Array(copy.buffer, 0, copy.byteLength >>> 2)
}

/** JSON that keeps NaN and infinities of metrics, which JSON.stringify would turn into null. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => (typeof item === 'number' && !Number.isFinite(item) ? { $number: String(item) } : item))
}

/** @throws LatheError `corrupt` naming `what`. */
export function fromJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text, (_key, item: unknown) => (typeof item === 'object' && item !== null && '$number' in item ? Number(item.$number) : item)) as unknown
  } catch (error) {
    throw new LatheError('corrupt', `${what} is damaged: its text is no JSON. Run "lathe check" on the project.`, { what }, { cause: error })
  }
}
