// Which audio format bytes are, by their signature, and which a name claims.
import { extension } from '../data/sniff.ts'

const EXTENSIONS = { wav: ['wav', 'wave'], flac: ['flac'], mp3: ['mp3'], ogg: ['ogg', 'oga'] } as const
export type AudioFormat = keyof typeof EXTENSIONS

export const AUDIO_MIME: Readonly<Record<AudioFormat, string>> = { wav: 'audio/wav', flac: 'audio/flac', mp3: 'audio/mpeg', ogg: 'audio/ogg' }

const byExtension = new Map<string, AudioFormat>()
for (const [format, extensions] of Object.entries(EXTENSIONS)) for (const e of extensions) byExtension.set(e, format as AudioFormat)

/** The audio format that a name claims; null where it claims none. */
export function claimedAudio(name: string): AudioFormat | null {
  return byExtension.get(extension(name)) ?? null
}

const ascii = (bytes: Uint8Array, from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to))

/** Bytes that an ID3v2 tag takes at the front; 0 without one. Its size is four times seven bits. https://id3.org/id3v2.4.0-structure */
export function id3Size(bytes: Uint8Array): number {
  if (ascii(bytes, 0, 3) !== 'ID3' || bytes.length < 10) return 0
  const size = [6, 7, 8, 9].reduce((sum, i) => sum * 128 + ((bytes[i] ?? 0) & 127), 0)
  return 10 + size + (((bytes[5] ?? 0) & 0x10) !== 0 ? 10 : 0)
}

/** The audio format of the content; null where it is none of those read here. */
export function audioFormat(bytes: Uint8Array): AudioFormat | null {
  if (/^(RIFF|RF64)$/.test(ascii(bytes, 0, 4)) && ascii(bytes, 8, 12) === 'WAVE') return 'wav'
  const at = id3Size(bytes)
  if (ascii(bytes, at, at + 4) === 'fLaC') return 'flac'
  if (ascii(bytes, 0, 4) === 'OggS') return 'ogg'
  // Without a tag in front: a frame header of layer III with a bit rate and a sampling rate that exist.
  const [b0 = 0, b1 = 0, b2 = 0] = bytes
  const frame = b0 === 0xff && (b1 & 0xe6) === 0xe2 && (b1 & 0x18) !== 0x08 && b2 >> 4 !== 15 && b2 >> 4 !== 0 && (b2 & 0x0c) !== 0x0c
  return at > 0 || frame ? 'mp3' : null
}

/** A name for audio that is recognised and cannot be read here; null otherwise. */
export function otherAudio(bytes: Uint8Array): string | null {
  if (ascii(bytes, 0, 4) === 'FORM' && /^AIF[FC]$/.test(ascii(bytes, 8, 12))) return 'AIFF'
  if (ascii(bytes, 4, 8) === 'ftyp') return 'M4A'
  if (ascii(bytes, 0, 4) === '.snd') return 'AU'
  if (ascii(bytes, 0, 4) === 'caff') return 'CAF'
  if ((bytes[0] ?? 0) === 0x30 && (bytes[1] ?? 0) === 0x26 && (bytes[2] ?? 0) === 0xb2) return 'WMA'
  if ((bytes[0] ?? 0) === 0x1a && (bytes[1] ?? 0) === 0x45 && (bytes[2] ?? 0) === 0xdf) return 'WebM'
  return null
}
