// WAV: reading PCM of 8 to 32 bits and floats, and writing 16-bit PCM.
// http://www-mmsp.ece.mcgill.ca/Documents/AudioFormats/WAVE/WAVE.html
import { DecodeError } from '../data/decode-error.ts'
import { MOST_CHANNELS, seconds, type Channels, type Sound } from './sound.ts'

const PCM = 1
const FLOAT = 3
const EXTENSIBLE = 0xfffe
const CODECS: Readonly<Record<number, string>> = { 2: 'Microsoft ADPCM', 6: 'A-law', 7: 'µ-law', 0x11: 'IMA ADPCM', 0x31: 'GSM', 0x55: 'MP3' }
/** Size that writers give which do not know it yet. */
const UNKNOWN = 0xffffffff

interface Layout {
  readonly rate: number
  readonly channels: number
  /** Of one value of one channel. */
  readonly bytes: number
  readonly float: boolean
}

/**
 * Samples of each channel, full scale −1 to 1.
 * @throws {DecodeError} where there is no sound, the codec is not read here, or less sound than the header says.
 */
export function decodeWav(file: Uint8Array): Channels {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  let layout: Layout | null = null
  for (let at = 12; at + 8 <= file.length; ) {
    const id = String.fromCharCode(...file.subarray(at, at + 4))
    const size = view.getUint32(at + 4, true)
    const body = at + 8
    if (id === 'fmt ') layout = layoutOf(view, body, size)
    if (id === 'data') {
      if (!layout) throw new DecodeError('corrupt WAV: no fmt chunk before the data')
      return samplesOf(view, body, size, layout)
    }
    at = body + size + (size % 2)
  }
  throw new DecodeError('corrupt WAV: no data chunk')
}

function layoutOf(view: DataView, at: number, size: number): Layout {
  if (size < 16 || at + size > view.byteLength) throw new DecodeError('corrupt WAV: the fmt chunk is cut off')
  const given = view.getUint16(at, true)
  const tag = given === EXTENSIBLE && size >= 40 ? view.getUint16(at + 24, true) : given
  const channels = view.getUint16(at + 2, true)
  const rate = view.getUint32(at + 4, true)
  const bits = view.getUint16(at + 14, true)
  if (tag !== PCM && tag !== FLOAT) throw new DecodeError(`WAV with ${CODECS[tag] ?? `codec ${tag}`}, which cannot be read here`)
  const known = tag === FLOAT ? [32, 64] : [8, 16, 24, 32]
  if (!known.includes(bits)) throw new DecodeError(`WAV of ${bits} bits, which cannot be read here (${known.join(', ')})`)
  if (channels < 1 || channels > MOST_CHANNELS) throw new DecodeError(`WAV of ${channels} channels; 1 to ${MOST_CHANNELS} can be read`)
  return { rate, channels, bytes: bits / 8, float: tag === FLOAT }
}

function samplesOf(view: DataView, at: number, size: number, layout: Layout): Channels {
  const { rate, channels, bytes } = layout
  const block = channels * bytes
  const there = view.byteLength - at
  const streamed = size === UNKNOWN || size === 0
  const count = Math.floor((streamed ? there : size) / block)
  if (!streamed && size > there) throw new DecodeError(`truncated WAV (${seconds(Math.floor(there / block), rate)} of ${seconds(count, rate)} are there)`)
  const out = Array.from({ length: channels }, () => new Float32Array(count))
  const read = reader(view, layout)
  for (const [c, samples] of out.entries()) {
    for (let i = 0, from = at + c * bytes; i < count; i++, from += block) {
      const value = read(from)
      if (!Number.isFinite(value)) throw new DecodeError(`corrupt WAV: a sample that is no number at ${seconds(i, rate)}`)
      samples[i] = value
    }
  }
  return { rate, channels: out }
}

function reader(view: DataView, { bytes, float }: Layout): (at: number) => number {
  if (float) return bytes === 4 ? (at) => view.getFloat32(at, true) : (at) => view.getFloat64(at, true)
  switch (bytes) {
    case 1:
      return (at) => (view.getUint8(at) - 128) / 128
    case 2:
      return (at) => view.getInt16(at, true) / 2 ** 15
    case 3:
      return (at) => (view.getInt16(at + 1, true) * 256 + view.getUint8(at)) / 2 ** 23
    default:
      return (at) => view.getInt32(at, true) / 2 ** 31
  }
}

/** A mono file of 16-bit PCM; what exceeds full scale is clipped. */
export function encodeWav({ rate, samples }: Sound): Uint8Array {
  const bytes = new Uint8Array(44 + 2 * samples.length)
  const view = new DataView(bytes.buffer)
  const text = (at: number, value: string): void => {
    for (let i = 0; i < value.length; i++) bytes[at + i] = value.charCodeAt(i)
  }
  text(0, 'RIFF')
  view.setUint32(4, bytes.length - 8, true)
  text(8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, PCM, true)
  view.setUint16(22, 1, true)
  view.setUint32(24, rate, true)
  view.setUint32(28, 2 * rate, true)
  view.setUint16(32, 2, true)
  view.setUint16(34, 16, true)
  text(36, 'data')
  view.setUint32(40, 2 * samples.length, true)
  for (const [i, v] of samples.entries()) view.setInt16(44 + 2 * i, Math.max(-32768, Math.min(32767, Math.round(v * 32768))), true)
  return bytes
}
