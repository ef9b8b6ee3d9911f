// Small plain PNGs without a trip to another thread, which takes longer than decoding them.
import { decode } from 'fast-png'
import { SIGNATURE, sizeOfPng } from './png.ts'
import type { Pixels } from './types.ts'

/** Larger images are worth the trip. */
const MAX_PIXELS = 64 * 64
const HEAD = SIGNATURE.length + 8
/** Chunks that say nothing about colour, transparency or orientation. PNG specification, third edition, https://www.w3.org/TR/png-3/#11Chunks. */
const PLAIN = new Set(['IDAT', 'sRGB', 'pHYs', 'tEXt', 'zTXt', 'iTXt', 'tIME', 'bKGD'])

/** 8-bit grey or RGB pixels; null where the image is none of that, or where anything about the file is unusual: others then say what it is. */
export function decodeSmallPng(bytes: Uint8Array): Pixels | null {
  const size = plainSize(bytes)
  if (!size) return null
  try {
    const { width, height, channels, depth, data } = decode(bytes, { checkCrc: true })
    if (depth !== 8 || channels !== size.channels || data.length !== width * height * channels) return null
    return { width, height, channels: size.channels, data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) }
  } catch {
    return null
  }
}

function plainSize(bytes: Uint8Array): { readonly channels: 1 | 3 } | null {
  if (bytes.length < HEAD + 13 || !SIGNATURE.every((byte, i) => bytes[i] === byte)) return null
  const { width, height, channels } = sizeOfPng(bytes)
  const [depth, colour, , , interlaced] = bytes.subarray(HEAD + 8, HEAD + 13)
  if (width * height === 0 || width * height > MAX_PIXELS || depth !== 8 || (colour !== 0 && colour !== 2) || interlaced !== 0) return null
  // A file that is much larger than its pixels may unpack to anything.
  if (bytes.length > 2 * height * (1 + width * channels) + 4096) return null
  return chunksArePlain(bytes) ? { channels } : null
}

/** From the header to the end, and nothing cut off. */
function chunksArePlain(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = SIGNATURE.length, first = true; at + 12 <= bytes.length; first = false) {
    const length = view.getUint32(at)
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    at += 12 + length
    if (type === 'IEND') return at === bytes.length
    if (first ? type !== 'IHDR' : !PLAIN.has(type)) return false
  }
  return false
}
