// MP3 and Ogg Vorbis, by mpg123 and libvorbis in WebAssembly: loaded when the first such file comes.
import { DecodeError } from '../data/decode-error.ts'
import { checkOgg } from './ogg.ts'
import type { Channels } from './sound.ts'

interface Decoded {
  readonly channelData: readonly Float32Array[]
  readonly samplesDecoded: number
  readonly sampleRate: number
  readonly errors: readonly unknown[]
}

/** @throws {DecodeError} where frames are damaged or there are none. */
export async function decodeMp3(file: Uint8Array): Promise<Channels> {
  const { MPEGDecoder } = await import('mpg123-decoder')
  const decoder = new MPEGDecoder()
  await decoder.ready
  try {
    return channelsOf('MP3', decoder.decode(file))
  } finally {
    decoder.free()
  }
}

/** @throws {DecodeError} for other codecs than Vorbis, damaged and truncated files. */
export async function decodeOgg(file: Uint8Array): Promise<Channels> {
  const codec = checkOgg(file)
  if (codec !== 'Vorbis') throw new DecodeError(`Ogg with ${codec}, which cannot be read here (Vorbis)`)
  const { OggVorbisDecoder } = await import('@wasm-audio-decoders/ogg-vorbis')
  const decoder = new OggVorbisDecoder()
  await decoder.ready
  try {
    return channelsOf('OGG', await decoder.decodeFile(file))
  } catch (error) {
    if (error instanceof DecodeError) throw error
    throw new DecodeError('corrupt OGG')
  } finally {
    decoder.free()
  }
}

/** The decoder's memory is freed after this, so what it gives is copied. */
function channelsOf(format: string, { channelData, samplesDecoded, sampleRate, errors }: Decoded): Channels {
  if (errors.length > 0) throw new DecodeError(`corrupt ${format}`)
  if (samplesDecoded === 0 || sampleRate === 0) throw new DecodeError(`corrupt ${format}: there is no sound in it`)
  return { rate: sampleRate, channels: channelData.map((c) => c.slice(0, samplesDecoded)) }
}
