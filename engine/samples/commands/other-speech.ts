// Clips of speech that is none of the commands: pieces of spoken digit strings, laid in pink noise as the commands are.
import { decodeAudio } from '../../audio/decode.ts'
import { noise } from '../../audio/noise.ts'
import type { Sound } from '../../audio/sound.ts'
import { encodeWav } from '../../audio/wav.ts'
import { Random } from '../../data/random.ts'
import { recordings } from '../speech-archive.ts'
import { splitByVoice, voiceOf } from '../voices.ts'

const SEED = 20_261_123
/** Every third string gives a clip; where no voice trains, every string: false accepts are then counted over more time. */
const EVERY = { train: 3, val: 3, test: 1 } as const

/** 0.5 to 0.9 s from anywhere in `sound`, with the pauses, levels and noise that make.sh gives the commands. */
function piece({ rate, samples }: Sound, random: Random): Sound {
  const length = Math.min(samples.length, Math.round((0.5 + 0.4 * random.uniform()) * rate))
  const from = random.int(samples.length - length + 1)
  const [lead, tail] = [Math.round(0.2 * random.uniform() * rate), Math.round(0.1 * rate)]
  const [level, unrest] = [0.55 + 0.4 * random.uniform(), (1 + random.int(9)) / 1000]
  const out = noise('pink', lead + length + tail, rate, random)
  // Two milliseconds of fading keep the cuts from clicking.
  const fade = 0.002 * rate
  for (let i = 0; i < out.length; i++) {
    const at = i - lead
    const inside = at >= 0 && at < length ? Math.min(1, (at + 1) / fade, (length - at) / fade) : 0
    out[i] = 0.3 * unrest * (out[i] ?? 0) + level * inside * (samples[from + at] ?? 0)
  }
  return { rate, samples: out }
}

export async function* otherSpeech(): AsyncGenerator<{ readonly name: string; readonly bytes: Uint8Array; readonly speaker: string }> {
  let n = 0
  for await (const { row, bytes } of recordings('spoken-digits', 'digits.zip', 'digits.csv')) {
    const at = n++
    const speaker = voiceOf(row['speaker'] ?? '')
    if (at % EVERY[splitByVoice(speaker)] !== 0) continue
    const clip = piece(await decodeAudio(bytes), new Random(SEED, 'sample', at))
    yield { name: `unknown/${String(at).padStart(3, '0')}.wav`, bytes: encodeWav(clip), speaker }
  }
}
