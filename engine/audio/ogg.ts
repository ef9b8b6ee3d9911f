// Ogg: the pages that a file consists of, checked before anything is decoded. RFC 3533.
import { DecodeError } from '../data/decode-error.ts'

const CODECS = [['\x01vorbis', 'Vorbis'], ['OpusHead', 'Opus'], ['\x7fFLAC', 'FLAC'], ['Speex  ', 'Speex'], ['\x80theora', 'Theora']] as const
const END_OF_STREAM = 4

/**
 * Name of the codec; all checksums hold and the last page says that it is the last.
 * @throws {DecodeError} for damaged, truncated and chained files.
 */
export function checkOgg(file: Uint8Array): string {
  let at = 0
  let codec: string | null = null
  let ended = false
  while (at < file.length) {
    if (ended) throw new DecodeError('Ogg file of several recordings one after the other: split it first')
    const page = readPage(file, at)
    if (!page) throw new DecodeError('truncated OGG')
    codec ??= codecOf(file.subarray(page.body, page.end))
    ended = page.last
    at = page.end
  }
  if (!ended) throw new DecodeError('truncated OGG')
  return codec ?? 'unknown codec'
}

function codecOf(packet: Uint8Array): string {
  const head = String.fromCharCode(...packet.subarray(0, 8))
  return CODECS.find(([mark]) => head.startsWith(mark))?.[1] ?? 'unknown codec'
}

/** Null where the file ends before the page does. */
function readPage(file: Uint8Array, at: number): { readonly body: number; readonly end: number; readonly last: boolean } | null {
  if (at + 27 > file.length) return null
  if (String.fromCharCode(...file.subarray(at, at + 4)) !== 'OggS') throw new DecodeError('corrupt OGG: a page does not begin where it should')
  const segments = file[at + 26] ?? 0
  const body = at + 27 + segments
  if (body > file.length) return null
  const end = file.subarray(at + 27, body).reduce((sum, size) => sum + size, body)
  if (end > file.length) return null
  const given = new DataView(file.buffer, file.byteOffset + at + 22, 4).getUint32(0, true)
  if (checksum(file, at, end) !== given) throw new DecodeError('corrupt OGG: a page fails its checksum')
  return { body, end, last: ((file[at + 5] ?? 0) & END_OF_STREAM) !== 0 }
}

/** CRC-32 with polynomial 04c11db7, most significant bit first, nothing inverted. */
const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24
  for (let i = 0; i < 8; i++) value = value < 0 ? (value << 1) ^ 0x04c11db7 : value << 1
  return value >>> 0
})

/** The field of the checksum itself counts as zeros. */
function checksum(file: Uint8Array, from: number, to: number): number {
  let sum = 0
  for (let i = from; i < to; i++) {
    const byte = i >= from + 22 && i < from + 26 ? 0 : (file[i] ?? 0)
    sum = (sum << 8) ^ (CRC[((sum >>> 24) ^ byte) & 255] ?? 0)
  }
  return sum >>> 0
}
