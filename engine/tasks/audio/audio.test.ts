// Tasks about audio: what recipes measure, rows of short and long recordings, false accepts, transcripts and their scores.
import { expect, test } from 'vitest'
import { encodeWav } from '../../audio/wav.ts'
import { audioInput, speechInput, type SpeechInput } from '../../contract/inputs/audio.ts'
import { trainConfig, type TrainConfig } from '../../contract/recipe.ts'
import type { NumberedLabel } from '../../contract/label.ts'
import { Random } from '../../data/random.ts'
import { allocate, type DataSet } from '../../data/types.ts'
import { task } from '../index.ts'
import type { RawOutputs, SourceSample, TrainingData } from '../task.ts'

const tone = (hertz: number, seconds: number, rate = 8000): Uint8Array => encodeWav({ rate, samples: Float32Array.from({ length: Math.round(seconds * rate) }, (_, i) => 0.3 * Math.sin((2 * Math.PI * hertz * i) / rate)) })

function dataOf(bytes: readonly Uint8Array[], labels: readonly (NumberedLabel | null)[] = []): TrainingData {
  const samples = bytes.map((b, i): SourceSample => ({ id: i + 1, class: i % 2, label: labels[i] ?? null, bytes: b }))
  return { samples: bytes.length, classes: ['a', 'b'], counts: [bytes.length - Math.floor(bytes.length / 2), Math.floor(bytes.length / 2)], height: 0, width: 0, channels: 1, read: (most) => Promise.resolve(samples.slice(0, most)) }
}

const loaded = (config: TrainConfig, bytes: readonly Uint8Array[], classes: readonly string[], labels: readonly (NumberedLabel | null)[], classOf: (i: number) => number, purpose: 'train' | 'evaluate' | 'predict'): Promise<DataSet> =>
  task(config.task).load({ samples: bytes.map((_, i) => ({ id: i + 1, class: classOf(i), label: labels[i] ?? null })), others: [], read: (id) => bytes[id - 1]!, config, classes, purpose })

test('recipes hear at the rate that nearly all have, as long as nearly all last, and scale every band', async () => {
  const bytes = [...Array.from({ length: 16 }, (_, i) => tone(300 + 50 * i, 0.5, 16_000)), tone(650, 0.5, 8000), tone(700, 0.5, 8000), tone(900, 0.5, 8000), tone(500, 3, 44_100)]
  const config = await task('keyword-spotting').recipe(dataOf(bytes), null)
  expect(trainConfig.safeParse(config).error).toBeUndefined()
  const input = audioInput.parse(config.input)
  expect(input).toMatchObject({ rate: 8000, frame: 200, hop: 80, fft: 256, mels: 40, features: 'log-mel', high: 3520 })
  // The 95th percentile is the one of three seconds; of the rest none is longer than half a second.
  expect(input.samples / input.rate).toBeGreaterThan(3)
  expect([input.mean.length, input.std.length, input.coefficientMean.length]).toEqual([40, 40, 20])
  const most = await task('keyword-spotting').recipe(dataOf(Array.from({ length: 30 }, (_, i) => tone(300 + i, 0.5, 48_000))), null)
  expect(audioInput.parse(most.input)).toMatchObject({ rate: 16_000, frame: 400 })
  expect(trainConfig.safeParse({ ...config, input: { ...input, features: 'mfcc' } }).success).toBe(true)
  expect(trainConfig.safeParse({ ...config, input: { ...input, mean: [1, 2, 3] } }).error?.message).toMatch(/one number a row/)
  expect(trainConfig.safeParse({ ...config, input: { ...input, high: 5000 } }).error?.message).toMatch(/between 0 and half the rate/)
})

test('nothing but silence, and nothing that can be read, is refused', async () => {
  const recipe = (data: TrainingData, model: string | null): Promise<TrainConfig> => task('keyword-spotting').recipe(data, model)
  const silent = encodeWav({ rate: 8000, samples: new Float32Array(4000) })
  await expect(recipe(dataOf([silent, silent]), null)).rejects.toThrow(/all recordings of the training split are silent/)
  await expect(recipe(dataOf([new Uint8Array(3)]), null)).rejects.toThrow(/no recording of the training split can be read/)
  await expect(task('speech-to-text').recipe(dataOf([tone(300, 0.5)]), null)).rejects.toThrow(/no recording of the training split has a transcript/)
})

test('a rare class is weighed up, an even one not; voices are not changed in tempo', async () => {
  const data = dataOf(Array.from({ length: 10 }, (_, i) => tone(300 + 40 * i, 0.4)))
  expect((await task('keyword-spotting').recipe(data, null)).classWeights).toBeNull()
  expect((await task('keyword-spotting').recipe({ ...data, counts: [8, 2] }, null)).classWeights).toBe('balanced')
  expect((await task('speaker-identification').recipe(data, null)).augment).toMatchObject({ kind: 'audio', speed: 0 })
})

test('a long recording without keywords is heard from end to end; others at their loudest', async () => {
  const config = await task('keyword-spotting').recipe(dataOf(Array.from({ length: 10 }, (_, i) => tone(300 + 40 * i, 0.4))), null)
  const { rate, samples } = audioInput.parse(config.input)
  const classes = ['go', '_silence_']
  const bytes = [tone(300, 0.4), tone(400, 2), tone(500, 2), tone(600, 0.2)]
  const set = await loaded(config, bytes, classes, [], (i) => (i === 2 ? 1 : 0), 'evaluate')
  const windows = Math.ceil((2 * rate) / samples)
  expect([...set.ids]).toEqual([1, 2, ...new Array<number>(windows).fill(3), 4])
  expect(set.truth(0)).toEqual({ seconds: 0.4 })
  expect(set.truth(2)).toEqual({ seconds: samples / rate })
  const wave = allocate(set.tensors['wave']!, 1) as Float32Array
  set.fill([set.count - 1], { wave }, null)
  // 0.2 s in the middle of the stretch.
  expect(wave[0]).toBe(0)
  expect(Math.max(...wave.subarray(samples / 2 - 100, samples / 2 + 100))).toBeGreaterThan(0.29)
  const [a, b] = [allocate(set.tensors['wave']!, 2) as Float32Array, allocate(set.tensors['wave']!, 2) as Float32Array]
  for (const out of [a, b]) set.fill([0, 1], { wave: out, covered: allocate(set.tensors['covered']!, 2) }, (row) => new Random(1, 'augment', row))
  expect(a).toEqual(b)
  expect(a.subarray(0, samples)).not.toEqual(wave)
})

test('false accepts: rows without keywords that are heard as one, by the hours of those rows', async () => {
  const config = await task('keyword-spotting').recipe(dataOf(Array.from({ length: 10 }, (_, i) => tone(300 + 40 * i, 0.4))), null)
  const set = await loaded(config, [tone(300, 0.4), tone(400, 0.4), tone(500, 0.4), tone(600, 0.4)], ['go', '_unknown_', 'noise'], [], (i) => [0, 1, 2, 1][i]!, 'evaluate')
  const probabilities = Float32Array.of(0.9, 0.1, 0, 0.8, 0.1, 0.1, 0.45, 0.3, 0.25, 0, 0.5, 0.5)
  const outputs: RawOutputs = { probabilities: { shape: [3], data: probabilities }, log_probabilities: { shape: [3], data: probabilities.map((p) => Math.log(p + 1e-9)) } }
  const { metrics } = task('keyword-spotting').score({ set, outputs, config, classes: ['go', '_unknown_', 'noise'], seed: 1 })
  // One of 1.2 s: the third is taken for a keyword too, but with less than half.
  expect(metrics['false_accepts_per_hour']).toBeCloseTo(3600 / 1.2, 6)
  const without = task('keyword-spotting').score({ set: { ...set, labels: Int32Array.of(0, -1, -1, -1) }, outputs, config, classes: ['go', '_unknown_', 'noise'], seed: 1 })
  expect(without.metrics).not.toHaveProperty('false_accepts_per_hour')
})

const said = (text: string): NumberedLabel => ({ kind: 'text', text })

test('speech: words or characters, rows that fit, transcripts and their error rates', async () => {
  const texts = Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? 'one two' : 'two'))
  const bytes = texts.map((_, i) => tone(300 + 40 * i, 0.6))
  const config = await task('speech-to-text').recipe(dataOf(bytes, texts.map(said)), null)
  const input: SpeechInput = speechInput.parse(config.input)
  expect(input).toMatchObject({ units: 'words', vocabulary: ['one', 'two'] })
  expect(config.modelOptions).toEqual({ halvings: 2 })
  const spelled = await task('speech-to-text').recipe(dataOf(bytes.slice(0, 4), ['ab', 'bc', 'cd', 'de'].map(said)), null)
  expect(spelled.input).toMatchObject({ units: 'characters', vocabulary: ['a', 'b', 'c', 'd', 'e'] })
  const rows = [tone(300, 0.6), tone(300, 5), tone(300, 0.5), tone(300, 0.4)]
  const labels = [said('one two'), said('one'), said('three'), null]
  const set = await loaded(config, rows, [], labels, () => -1, 'evaluate')
  expect([set.count, [...set.labels], set.truth(2), set.truth(3)]).toEqual([4, [0, 0, 0, -1], 'three', null])
  const transcript = allocate(set.tensors['transcript']!, 1) as BigInt64Array
  set.fill([0], { transcript }, null)
  expect([...transcript].slice(0, 3)).toEqual([1n, 2n, -1n])
  // Training leaves out what it cannot hear whole, and what has no unit that it knows.
  expect([...(await loaded(config, rows, [], labels, () => -1, 'train')).ids]).toEqual([1])
  await expect(loaded(config, rows.slice(1, 2), [], [], () => -1, 'predict')).rejects.toThrow(/lasts 5.0 s, the model hears 0.\d s at once/)
  const path = (units: readonly number[]): number[] => units.flatMap((u) => [0, 1, 2].map((c) => Math.log(c === u ? 0.98 : 0.01)))
  const outputs: RawOutputs = { log_probabilities: { shape: [4, 3], data: Float32Array.from([path([1, 1, 0, 2]), path([1, 0, 1, 0]), path([0, 0, 0, 0]), path([2, 2, 2, 2])].flat()) } }
  const { metrics, rows: scored, samples } = task('speech-to-text').score({ set, outputs, config, classes: [], seed: 1 })
  expect(samples).toBe(3)
  // 'one two' is right, 'one' is heard twice, 'three' is not heard: 2 edits of 4 words.
  expect(metrics['wer']).toBeCloseTo(0.5, 12)
  expect(metrics['greedy_wer']).toBeCloseTo(0.5, 12)
  expect(scored.map(({ correct }) => correct)).toEqual([true, false, false, null])
  expect(task('speech-to-text').decode({ log_probabilities: Float32Array.from(path([2, 0, 1, 1])) }, config, [], null)).toMatchObject({ kind: 'text', text: 'two one' })
})
