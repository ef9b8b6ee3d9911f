// PNG writer whose bytes depend on nothing but the pixels: stored deflate blocks, no filter, so hashes agree on every machine.
// PNG specification, third edition, https://www.w3.org/TR/png-3/; zlib format, RFC 1950 and 1951.
import { crc32 } from 'node:zlib'
import type { Pixels } from './types.ts'

export const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
const BLOCK = 0xffff

function adler32(bytes: Uint8Array): number {
  let a = 1
  let b = 0
  for (const byte of bytes) {
    a = (a + byte) % 65521
    b = (b + a) % 65521
  }
  return ((b << 16) | a) >>> 0
}

function chunk(type: string, body: Uint8Array): Uint8Array {
  const out = new Uint8Array(12 + body.length)
  const view = new DataView(out.buffer)
  view.setUint32(0, body.length)
  for (let i = 0; i < 4; i++) out[4 + i] = type.charCodeAt(i)
  out.set(body, 8)
  view.setUint32(8 + body.length, crc32(out.subarray(4, 8 + body.length)))
  return out
}

function stored(raw: Uint8Array): Uint8Array {
  const blocks = Math.max(1, Math.ceil(raw.length / BLOCK))
  const out = new Uint8Array(2 + blocks * 5 + raw.length + 4)
  const view = new DataView(out.buffer)
  out.set([0x78, 0x01])
  let at = 2
  for (let i = 0; i < blocks; i++) {
    const part = raw.subarray(i * BLOCK, (i + 1) * BLOCK)
    out[at] = i === blocks - 1 ? 1 : 0
    view.setUint16(at + 1, part.length, true)
    view.setUint16(at + 3, ~part.length & 0xffff, true)
    out.set(part, at + 5)
    at += 5 + part.length
  }
  view.setUint32(at, adler32(raw))
  return out
}

/** Encodes 8-bit grey or RGB pixels, uncompressed. */
export function encodePng({ width, height, channels, data }: Pixels): Uint8Array {
  const head = new Uint8Array(13)
  const view = new DataView(head.buffer)
  view.setUint32(0, width)
  view.setUint32(4, height)
  head.set([8, channels === 1 ? 0 : 2, 0, 0, 0], 8)
  const line = width * channels
  const raw = new Uint8Array(height * (line + 1))
  for (let y = 0; y < height; y++) raw.set(data.subarray(y * line, (y + 1) * line), y * (line + 1) + 1)
  const parts = [SIGNATURE, chunk('IHDR', head), chunk('IDAT', stored(raw)), chunk('IEND', new Uint8Array(0))]
  const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

/** What a file's header says; colours other than grey count as three channels. */
export function sizeOfPng(bytes: Uint8Array): { width: number; height: number; channels: 1 | 3 } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const at = SIGNATURE.length + 8
  return { width: view.getUint32(at), height: view.getUint32(at + 4), channels: view.getUint8(at + 9) === 0 ? 1 : 3 }
}
