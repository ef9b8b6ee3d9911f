// FLAC: lossless audio. RFC 9639; section numbers below are its own.
import { DecodeError } from '../data/decode-error.ts'
import { BitReader } from './bit-reader.ts'
import { readSubframe } from './flac-subframe.ts'
import { id3Size } from './sniff.ts'
import { MOST_SECONDS, seconds, type Channels } from './sound.ts'

/** Section 8.2. */
interface StreamInfo {
  readonly rate: number
  readonly channels: number
  readonly bits: number
  /** 0 where the encoder did not know. */
  readonly total: number
}

const RATES = [0, 88_200, 176_400, 192_000, 8_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000]
const BITS = [0, 8, 12, 0, 16, 20, 24, 32]
const corrupt = (why: string): DecodeError => new DecodeError(`corrupt FLAC: ${why}`)

/**
 * Samples of each channel, full scale −1 to 1, exactly those that were encoded. Checksums of all frames are checked.
 * @throws {DecodeError} where it is damaged, or shorter than its header says.
 */
export function decodeFlac(file: Uint8Array): Channels {
  const start = id3Size(file) + 4
  const { info, at } = readMetadata(file, start)
  if (info.total > MOST_SECONDS * info.rate) throw new DecodeError(`over ${MOST_SECONDS / 60} minutes (${seconds(info.total, info.rate)})`)
  const frames: (readonly Float64Array[])[] = []
  let count = 0
  let next = at
  while (next < file.length - 1 && (info.total === 0 || count < info.total)) {
    const frame = readFrame(file, next, info)
    if (!frame) break
    frames.push(frame.channels)
    count += frame.channels[0]?.length ?? 0
    next = frame.end
    if (count > MOST_SECONDS * info.rate) throw new DecodeError(`over ${MOST_SECONDS / 60} minutes`)
  }
  if (count < info.total) throw new DecodeError(`truncated FLAC (${seconds(count, info.rate)} of ${seconds(info.total, info.rate)} are there)`)
  return { rate: info.rate, channels: join(frames, info, info.total === 0 ? count : info.total) }
}

function join(frames: readonly (readonly Float64Array[])[], info: StreamInfo, count: number): Float32Array[] {
  const scale = 2 ** (1 - info.bits)
  return Array.from({ length: info.channels }, (_, c) => {
    const out = new Float32Array(count)
    let at = 0
    for (const frame of frames) {
      const part = frame[c] ?? new Float64Array(0)
      for (let i = 0; i < part.length && at < count; i++) out[at++] = (part[i] ?? 0) * scale
    }
    return out
  })
}

/** Section 8: blocks before the frames, of which only the first matters here. */
function readMetadata(file: Uint8Array, start: number): { info: StreamInfo; at: number } {
  let info: StreamInfo | null = null
  for (let at = start; at + 4 <= file.length; ) {
    const bits = new BitReader(file, at)
    const last = bits.read(1) === 1
    const type = bits.read(7)
    const size = bits.read(24)
    if (type === 0) {
      if (size < 34 || at + 38 > file.length) throw corrupt('its header is cut off')
      bits.read(80)
      info = { rate: bits.read(20), channels: bits.read(3) + 1, bits: bits.read(5) + 1, total: bits.read(36) }
    }
    at += 4 + size
    if (last && info) {
      if (info.rate === 0) throw new DecodeError('FLAC without a sampling rate: it holds no audio')
      return { info, at }
    }
  }
  throw corrupt('its header is cut off')
}

interface Frame {
  readonly channels: readonly Float64Array[]
  /** Index of the byte after it. */
  readonly end: number
}

/** Section 9. Null where the file ends before the frame does. */
function readFrame(file: Uint8Array, start: number, info: StreamInfo): Frame | null {
  const bits = new BitReader(file, start)
  const sync = bits.read(15)
  if (bits.overrun()) return null
  if (sync !== 0x7ffc) throw corrupt('a frame does not begin where it should')
  bits.read(1)
  const [sizeCode, rateCode, layout, bitsCode] = [bits.read(4), bits.read(4), bits.read(4), bits.read(3)]
  bits.read(1)
  readNumber(bits)
  const size = blockSize(sizeCode, bits)
  if (rateCode >= 12) bits.read(rateCode === 12 ? 8 : 16)
  const headerEnd = bits.byte
  const sum = bits.read(8)
  if (bits.overrun()) return null
  if (sum !== crc(file, start, headerEnd, CRC8, 8)) throw corrupt('a frame header fails its checksum')
  const channels = layout < 8 ? layout + 1 : 2
  const depth = bitsCode === 0 ? info.bits : (BITS[bitsCode] ?? 0)
  if (layout > 10 || size === 0 || depth !== info.bits || channels !== info.channels || (rateCode > 0 && rateCode < 12 && RATES[rateCode] !== info.rate)) throw corrupt('a frame that does not fit the header')
  const parts = Array.from({ length: channels }, (_, c) => readSubframe(bits, size, depth + (isSide(layout, c) ? 1 : 0)))
  bits.align()
  const end = bits.byte
  const check = bits.read(16)
  if (bits.overrun()) return null
  if (parts.includes(null) || check !== crc(file, start, end, CRC16, 16)) throw corrupt('a frame fails its checksum')
  return { channels: decorrelate(parts.filter((p) => p !== null), layout), end: end + 2 }
}

/** The channel that holds left minus right has one bit more (section 9.2.3): 8 left and side, 9 side and right, 10 mid and side. */
const isSide = (layout: number, channel: number): boolean => (layout === 9 ? channel === 0 : (layout === 8 || layout === 10) && channel === 1)

function decorrelate(parts: readonly Float64Array[], layout: number): readonly Float64Array[] {
  const [a, b] = parts
  if (layout < 8 || !a || !b) return parts
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] ?? 0, b[i] ?? 0]
    if (layout === 8) b[i] = x - y
    else if (layout === 9) a[i] = x + y
    else {
      const mid = 2 * x + Math.abs(y % 2)
      a[i] = (mid + y) / 2
      b[i] = (mid - y) / 2
    }
  }
  return parts
}

/** Number of the frame or sample, coded like UTF-8 (section 9.1.5); not needed when reading from the front. */
function readNumber(bits: BitReader): void {
  const first = bits.read(8)
  const ones = Math.clz32(~(first << 24))
  if (ones === 1 || ones > 7) throw corrupt('a frame has no number')
  for (let i = 1; i < ones; i++) bits.read(8)
}

/** Section 9.1.1. */
function blockSize(code: number, bits: BitReader): number {
  if (code === 0) return 0
  if (code === 1) return 192
  if (code <= 5) return 144 * 2 ** code
  if (code === 6) return bits.read(8) + 1
  if (code === 7) return bits.read(16) + 1
  return 2 ** code
}

const table = (polynomial: number, width: number): Uint16Array =>
  Uint16Array.from({ length: 256 }, (_, byte) => {
    let value = byte << (width - 8)
    for (let i = 0; i < 8; i++) value = (value & (1 << (width - 1))) !== 0 ? (value << 1) ^ polynomial : value << 1
    return value & ((1 << width) - 1)
  })
const CRC8 = table(0x07, 8)
const CRC16 = table(0x8005, 16)

function crc(file: Uint8Array, from: number, to: number, values: Uint16Array, width: number): number {
  let sum = 0
  for (let i = from; i < to; i++) sum = (((sum << 8) & ((1 << width) - 1)) ^ (values[((sum >> (width - 8)) ^ (file[i] ?? 0)) & 255] ?? 0))
  return sum
}
