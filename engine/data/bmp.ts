// BMP reader: uncompressed 1, 4, 8, 16, 24 and 32 bits a pixel, bit fields, both row orders (libvips reads no BMP).
// Layout: BITMAPFILEHEADER and BITMAPINFOHEADER, https://learn.microsoft.com/windows/win32/gdi/bitmap-storage
import { DecodeError } from './decode-error.ts'
import type { Pixels } from './types.ts'

interface Header {
  readonly offset: number
  readonly width: number
  readonly height: number
  readonly topDown: boolean
  readonly bits: number
  /** Red, green, blue, alpha. */
  readonly masks: readonly [number, number, number, number] | null
  /** Start, number and bytes an entry of the palette. */
  readonly palette: readonly [start: number, count: number, bytes: number]
}

function header(view: DataView): Header {
  const size = view.getUint32(14, true)
  const offset = view.getUint32(10, true)
  if (size === 12) {
    const bits = view.getUint16(24, true)
    return { offset, width: view.getUint16(18, true), height: view.getUint16(20, true), topDown: false, bits, masks: null, palette: [26, bits <= 8 ? 2 ** bits : 0, 3] }
  }
  const height = view.getInt32(22, true)
  const bits = view.getUint16(28, true)
  const compression = view.getUint32(30, true)
  if (compression === 1 || compression === 2) throw new DecodeError('run-length compressed BMP is not supported')
  if (compression !== 0 && compression !== 3 && compression !== 6) throw new DecodeError('corrupt BMP')
  const fields = compression !== 0
  // Before version 3 the masks follow the 40-byte header; from version 4 they stand inside it, at the same place.
  const masks = !fields ? null : ([view.getUint32(54, true), view.getUint32(58, true), view.getUint32(62, true), size >= 56 || compression === 6 ? view.getUint32(66, true) : 0] as const)
  const used = view.getUint32(46, true)
  const start = 14 + size + (fields && size === 40 ? (compression === 6 ? 16 : 12) : 0)
  return { offset, width: view.getInt32(18, true), height: Math.abs(height), topDown: height < 0, bits, masks, palette: [start, bits > 8 ? 0 : used === 0 ? 2 ** bits : Math.min(used, 2 ** bits), 4] }
}

/** Width and height from the header, before anything is allocated. */
export function bmpSize(bytes: Uint8Array): { width: number; height: number } {
  try {
    const { width, height } = header(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength))
    if (width < 1 || height < 1) throw new DecodeError('corrupt BMP')
    return { width, height }
  } catch (error) {
    throw error instanceof RangeError ? new DecodeError('corrupt BMP') : error
  }
}

/** Reads an uncompressed BMP; alpha (of bit fields with a mask) over white; grey where every palette entry is. */
export function decodeBmp(bytes: Uint8Array): Pixels {
  const { width, height } = bmpSize(bytes)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const h = header(view)
  const stride = Math.ceil((width * h.bits) / 32) * 4
  if (![1, 4, 8, 16, 24, 32].includes(h.bits) || h.offset + stride * height > bytes.length) throw new DecodeError('corrupt BMP')
  const rgb = new Uint8Array(width * height * 3)
  const paint = h.bits <= 8 ? indexed(bytes, h) : direct(view, h)
  for (let y = 0; y < height; y++) {
    const row = h.offset + stride * (h.topDown ? y : height - 1 - y)
    for (let x = 0; x < width; x++) paint(row, x, rgb, (y * width + x) * 3)
  }
  return h.bits <= 8 && greyPalette(bytes, h) ? { width, height, channels: 1, data: everyThird(rgb) } : { width, height, channels: 3, data: rgb }
}

type Paint = (row: number, x: number, out: Uint8Array, at: number) => void

function indexed(bytes: Uint8Array, h: Header): Paint {
  const [start, count, entry] = h.palette
  if (start + count * entry > bytes.length) throw new DecodeError('corrupt BMP')
  const perByte = 8 / h.bits
  const mask = 2 ** h.bits - 1
  return (row, x, out, at) => {
    const byte = bytes[row + Math.floor(x / perByte)] ?? 0
    const index = (byte >> ((perByte - 1 - (x % perByte)) * h.bits)) & mask
    if (index >= count) throw new DecodeError('corrupt BMP')
    const p = start + index * entry
    out[at] = bytes[p + 2] ?? 0
    out[at + 1] = bytes[p + 1] ?? 0
    out[at + 2] = bytes[p] ?? 0
  }
}

function direct(view: DataView, h: Header): Paint {
  if (h.bits === 24) {
    return (row, x, out, at) => {
      for (let c = 0; c < 3; c++) out[at + c] = view.getUint8(row + x * 3 + 2 - c)
    }
  }
  const [r, g, b, a] = h.masks ?? (h.bits === 16 ? ([0x7c00, 0x3e0, 0x1f, 0] as const) : ([0xff0000, 0xff00, 0xff, 0] as const))
  const channels = [r, g, b].map(field)
  const alpha = a === 0 ? null : field(a)
  return (row, x, out, at) => {
    const word = h.bits === 16 ? view.getUint16(row + x * 2, true) : view.getUint32(row + x * 4, true)
    const opacity = alpha ? alpha(word) / 255 : 1
    channels.forEach((channel, c) => {
      out[at + c] = Math.round(channel(word) * opacity + 255 * (1 - opacity))
    })
  }
}

/** Extracts a bit field and scales it to 0..255. */
function field(mask: number): (word: number) => number {
  if (mask === 0) return () => 0
  const shift = 31 - Math.clz32(mask & -mask)
  const top = mask >>> shift
  return (word) => (((word & mask) >>> shift) * 255) / top
}

function greyPalette(bytes: Uint8Array, h: Header): boolean {
  const [start, count, entry] = h.palette
  for (let p = start; p < start + count * entry; p += entry) if (bytes[p] !== bytes[p + 1] || bytes[p] !== bytes[p + 2]) return false
  return true
}

function everyThird(rgb: Uint8Array): Uint8Array {
  const grey = new Uint8Array(rgb.length / 3)
  for (let i = 0; i < grey.length; i++) grey[i] = rgb[i * 3] ?? 0
  return grey
}
