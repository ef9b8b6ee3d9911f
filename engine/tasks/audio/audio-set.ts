// Recordings in memory as the tasks about audio take them: one channel at the model's rate, laid into the stretch that it hears.
import { augmentWave, drawMasks, maskNumbers, noiseBank } from '../../audio/augment.ts'
import { decodeAudio } from '../../audio/decode.ts'
import { mapShape } from '../../audio/front-end.ts'
import { loudest, place, type Anchor } from '../../audio/place.ts'
import { resample } from '../../audio/resample.ts'
import type { AudioAugmentation } from '../../contract/augment/audio.ts'
import { LatheError } from '../../contract/errors.ts'
import type { FrontEnd } from '../../contract/inputs/audio.ts'
import type { TrainConfig } from '../../contract/recipe.ts'
import { DecodeError } from '../../data/decode-error.ts'
import { Random } from '../../data/random.ts'
import type { TensorData, TensorSpec } from '../../data/types.ts'
import type { LoadRequest } from '../task.ts'

/** Most bytes of samples that a set may hold in memory. */
const MEMORY_BUDGET = 1024 * 1024 * 1024

/** @throws LatheError `usage` where the recipe is for another kind of data. */
export function frontOf({ input, task }: Pick<TrainConfig, 'input' | 'task'>): FrontEnd {
  if (input.kind !== 'audio' && input.kind !== 'speech') throw new LatheError('usage', `the recipe of task ${task} says input.kind '${input.kind}', expected 'audio' or 'speech'; use a recipe made for this task`)
  return input
}

export const audioAugmentOf = ({ augment }: Pick<TrainConfig, 'augment'>): AudioAugmentation | null => (augment && 'kind' in augment && augment.kind === 'audio' ? augment : null)

/** `wave` float [samples], and `covered` where the recipe masks the map. */
export function audioFeatures(config: TrainConfig): Record<string, TensorSpec> {
  const augment = audioAugmentOf(config)
  const masks = augment ? maskNumbers(augment) : 0
  return { wave: { dtype: 'float32', shape: [frontOf(config).samples] }, ...(masks > 0 && { covered: { dtype: 'float32', shape: [masks] } }) }
}

/** The samples of one recording at the model's rate. @throws {DecodeError} */
export async function heard(bytes: Uint8Array, { rate }: Pick<FrontEnd, 'rate'>): Promise<Float32Array> {
  return resample(await decodeAudio(bytes), rate).samples
}

/** All recordings of a request, in order. @throws {LatheError} `data` naming the sample that cannot be read, or where they do not fit in memory. */
export async function soundsOf(request: LoadRequest): Promise<Float32Array[]> {
  const { samples, config, signal, onProgress } = request
  const front = frontOf(config)
  const sounds: Float32Array[] = []
  let bytes = 0
  for (const { id } of samples) {
    signal?.throwIfAborted()
    try {
      const sound = await heard(await request.read(id), front)
      bytes += sound.byteLength
      sounds.push(sound)
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error
      throw new LatheError('data', `sample ${id} cannot be read: ${error.reason}`, { sample: id }, { cause: error })
    }
    if (bytes > MEMORY_BUDGET) throw new LatheError('data', `the recordings take over ${MEMORY_BUDGET / 2 ** 20} MB at ${front.rate} Hz: choose a lower rate (input.rate), cut long ones into clips, or use fewer`)
    if (sounds.length % 64 === 0) onProgress?.({ done: sounds.length, total: samples.length, stage: 'decoding' })
  }
  onProgress?.({ done: sounds.length, total: samples.length, stage: 'decoding' })
  return sounds
}

/** A part of a recording that makes one row. */
export interface Clip {
  /** Index of its sample in the request. */
  readonly sample: number
  readonly sound: Float32Array
}

/** Writes features of rows; `fill` of a DataSet calls it. */
export function audioFiller(clips: readonly Clip[], config: TrainConfig, anchor: Anchor): (rows: ArrayLike<number>, out: Readonly<Record<string, TensorData | undefined>>, random: ((row: number) => Random) | null) => void {
  const front = frontOf(config)
  const [, bands, frames] = mapShape(front)
  const how = audioAugmentOf(config)
  const masks = how ? maskNumbers(how) : 0
  let bank: Float32Array | null = null
  return (rows, out, random) => {
    const [wave, covered] = [out['wave'] as Float32Array | undefined, out['covered'] as Float32Array | undefined]
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i] ?? 0
      const sound = clips[row]?.sound ?? new Float32Array()
      const drawn = how && random ? random(row) : null
      const stretch = wave && { out: wave, at: i * front.samples, length: front.samples, anchor }
      if (stretch && how && drawn) augmentWave(sound, stretch, how, drawn, (bank ??= noiseBank(front.rate, new Random(config.seed, 'augment'))))
      else if (stretch) place(sound, stretch.out, stretch.at, stretch.length, anchor)
      if (!covered) continue
      covered.fill(0, i * masks, (i + 1) * masks)
      if (how && drawn) drawMasks(how, bands, frames, covered, i * masks, drawn)
    }
  }
}

/** A recording cut into stretches of `length`, the last one ending with it; itself where it is not half as long again. */
export function windows(sound: Float32Array, length: number): Float32Array[] {
  if (sound.length < 1.5 * length) return [sound.length > length ? sound.subarray(loudest(sound, length), loudest(sound, length) + length) : sound]
  const count = Math.ceil(sound.length / length)
  return Array.from({ length: count }, (_, i) => {
    const from = Math.min(i * length, sound.length - length)
    return sound.subarray(from, from + length)
  })
}
