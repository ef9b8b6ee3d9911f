// Audio: WAV, FLAC, MP3 and Ogg Vorbis.
import { probeAudio } from '../audio/decode.ts'
import type { InputDef } from './input.ts'

export const audio: InputDef = {
  title: 'Audio',
  plural: 'recordings',
  probe: async (bytes, name) => {
    const { mime, channels, seconds, rate, peak } = await probeAudio(bytes, name)
    return { mime, width: 0, height: 0, channels, meta: { seconds: Math.round(1000 * seconds) / 1000, rate, ...(peak === 0 && { silent: 'yes' }) } }
  },
}
