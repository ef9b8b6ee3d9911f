// weightsHash: what two runs are compared by.
import { createHash } from 'node:crypto'
import { product } from '../layers/shapes.ts'

/** SHA-256, in hex, of all parameters in name order (by UTF-16 code unit), little-endian float32. `flat` is in the order of `parameters`. */
export function weightsHash(parameters: readonly { readonly name: string; readonly shape: readonly number[] }[], flat: Float32Array): string {
  let offset = 0
  const slices = parameters.map(({ name, shape }) => {
    const start = offset
    offset += product(shape)
    return { name, data: flat.subarray(start, offset) }
  })
  if (offset !== flat.length) throw new RangeError(`weightsHash: ${flat.length} numbers, the parameters need ${offset}`)
  slices.sort((a, b) => (a.name < b.name ? -1 : 1))
  const hash = createHash('sha256')
  for (const { data } of slices) hash.update(littleEndian(data))
  return hash.digest('hex')
}

const IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1

function littleEndian(data: Float32Array): Uint8Array {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  return IS_LITTLE_ENDIAN ? bytes : new Uint8Array(Buffer.from(bytes).swap32())
}
