// Recordings and their transcripts as rows for CTC.
import { encode, stepsNeeded } from '../../audio/vocabulary.ts'
import type { SpeechInput } from '../../contract/inputs/audio.ts'
import { inputOf } from '../../contract/inputs/of.ts'
import { LatheError } from '../../contract/errors.ts'
import { DecodeError } from '../../data/decode-error.ts'
import type { DataSet } from '../../data/types.ts'
import type { LoadRequest } from '../task.ts'
import { audioFeatures, audioFiller, soundsOf, type Clip } from './audio-set.ts'

/**
 * Rows `wave`, `covered` and `transcript` int64 [longest], padded with −1. Training and its validation leave out recordings that the model
 * cannot hear whole or whose transcript is too long for it; evaluation hears their beginning and counts what is missing as errors; prediction
 * refuses them, since half a transcript would look like a whole one.
 */
export async function speechSet(request: LoadRequest): Promise<DataSet> {
  const { samples, config, purpose } = request
  const input = inputOf('speech', config)
  const sounds = await soundsOf(request)
  if (purpose === 'predict') sounds.forEach((sound, i) => { refuseLong(sound.length, input, samples[i]?.id ?? 0) })
  const texts = samples.map(({ label }) => (label?.kind === 'text' ? label.text : null))
  const encoded = texts.map((text) => (text === null ? [] : encode(text, input)))
  const learning = purpose === 'train' || purpose === 'validate'
  const clips: Clip[] = sounds
    .map((sound, sample) => ({ sample, sound }))
    .filter(({ sample, sound }) => !learning || (sound.length <= input.samples && stepsNeeded(encoded[sample] ?? []) <= input.longest && (encoded[sample]?.length ?? 0) > 0))
  if (purpose === 'train' && clips.length === 0) throw new LatheError('data', `no recording of the training split has a transcript that the model can learn: it hears ${(input.samples / input.rate).toFixed(1)} s and up to ${input.longest} ${input.units}`)
  const write = audioFiller(clips, config, 'start')
  return {
    count: clips.length,
    ids: Int32Array.from(clips, (clip) => samples[clip.sample]?.id ?? 0),
    labels: Int32Array.from(clips, (clip) => (texts[clip.sample] === null ? -1 : 0)),
    tensors: { ...audioFeatures(config), transcript: { dtype: 'int64', shape: [input.longest] } },
    fill: (rows, out, random) => {
      write(rows, out, random)
      const target = out['transcript'] as BigInt64Array | undefined
      if (!target) return
      for (let i = 0; i < rows.length; i++) {
        const units = encoded[clips[rows[i] ?? 0]?.sample ?? -1] ?? []
        for (let k = 0; k < input.longest; k++) target[i * input.longest + k] = BigInt(units[k] ?? -1)
      }
    },
    truth: (row) => texts[clips[row]?.sample ?? -1] ?? null,
  }
}

function refuseLong(length: number, { samples, rate }: SpeechInput, id: number): void {
  if (length <= samples) return
  const reason = `lasts ${(length / rate).toFixed(1)} s, the model hears ${(samples / rate).toFixed(1)} s at once: cut it at a pause, or train with a larger input.samples`
  throw new LatheError('data', `sample ${id} ${reason}`, { sample: id }, { cause: new DecodeError(reason) })
}
