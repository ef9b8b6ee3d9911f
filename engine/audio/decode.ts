// Decoding of audio: bytes → one channel of float samples, the same wherever in the app audio is read.
import { DecodeError } from '../data/decode-error.ts'
import { extension, otherFormat } from '../data/sniff.ts'
import { decodeFlac } from './flac.ts'
import { decodeMp3, decodeOgg } from './lossy.ts'
import { AUDIO_MIME, audioFormat, claimedAudio, otherAudio, type AudioFormat } from './sniff.ts'
import { LEAST_SECONDS, MOST_CHANNELS, MOST_SECONDS, seconds, toMono, type Channels, type Sound } from './sound.ts'
import { decodeWav } from './wav.ts'

const LEAST_RATE = 4_000
const MOST_RATE = 384_000

export interface AudioInfo {
  readonly format: AudioFormat
  readonly mime: string
  readonly rate: number
  readonly channels: number
  /** Of one channel. */
  readonly samples: number
  readonly seconds: number
  /** Largest distance from 0, of full scale 1: 0 for silence. */
  readonly peak: number
}

function formatOf(bytes: Uint8Array): AudioFormat {
  if (bytes.length === 0) throw new DecodeError('empty file')
  const format = audioFormat(bytes)
  if (format) return format
  const other = otherAudio(bytes) ?? otherFormat(bytes)
  throw new DecodeError(other === null ? 'not audio' : `not audio that can be read here (${other}): save it as WAV, FLAC, MP3 or Ogg Vorbis`)
}

async function read(bytes: Uint8Array, format: AudioFormat): Promise<Channels> {
  const found = format === 'wav' ? decodeWav(bytes) : format === 'flac' ? decodeFlac(bytes) : format === 'mp3' ? await decodeMp3(bytes) : await decodeOgg(bytes)
  const { rate, channels } = found
  const length = channels[0]?.length ?? 0
  if (rate < LEAST_RATE || rate > MOST_RATE) throw new DecodeError(`sampling rate of ${rate} Hz; ${LEAST_RATE} to ${MOST_RATE} can be read`)
  if (channels.length > MOST_CHANNELS) throw new DecodeError(`${channels.length} channels; 1 to ${MOST_CHANNELS} can be read`)
  if (length < LEAST_SECONDS * rate) throw new DecodeError(`too short (${length} ${length === 1 ? 'sample' : 'samples'}, ${seconds(length, rate)}): at least ${1000 * LEAST_SECONDS} ms are needed`)
  if (length > MOST_SECONDS * rate) throw new DecodeError(`over ${MOST_SECONDS / 60} minutes (${seconds(length, rate)}): cut it into clips`)
  return found
}

/**
 * Decodes WAV, FLAC, MP3 and Ogg Vorbis; several channels become their mean. Silence is audio too.
 * @throws {DecodeError} with the reason: empty, not audio, corrupt, truncated, too short, too long.
 */
export async function decodeAudio(bytes: Uint8Array): Promise<Sound> {
  return toMono(await read(bytes, formatOf(bytes)))
}

/**
 * Reads all of it once and says what it is, or why it cannot be taken.
 * @param name its extension must not claim another format than the content has.
 * @throws {DecodeError}
 */
export async function probeAudio(bytes: Uint8Array, name: string): Promise<AudioInfo> {
  const format = formatOf(bytes)
  const ext = extension(name)
  if (/^[a-z]/.test(ext) && claimedAudio(name) !== format) throw new DecodeError(`wrongly named: .${ext} but the content is ${format.toUpperCase()}`)
  const found = await read(bytes, format)
  const { rate, samples } = toMono(found)
  let peak = 0
  for (const v of samples) peak = Math.max(peak, Math.abs(v))
  return { format, mime: AUDIO_MIME[format], rate, channels: found.channels.length, samples: samples.length, seconds: samples.length / rate, peak }
}
