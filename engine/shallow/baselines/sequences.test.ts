// Baselines of texts that are tagged or translated, of speech, of forecasts and of anomalies: what each can and cannot learn.
import { expect, test } from 'vitest'
import { encodeWav } from '../../audio/wav.ts'
import { trainDefaults, type Split, type TrainConfig } from '../../contract/recipe.ts'
import { Random } from '../../data/random.ts'
import type { LoadSample } from '../../data/types.ts'
import { fitAutoregression } from '../series/autoregression.ts'
import { matrix } from '../matrix.ts'
import { predictShallow } from '../predict.ts'
import { fitDictionary } from '../tagging/dictionary.ts'
import { fitPerceptron } from '../tagging/perceptron.ts'
import { placedWords, type TaggedText } from '../tagging/words.ts'
import { fitLongestMatch } from '../translation/longest-match.ts'
import { fitMemory } from '../translation/memory.ts'
import { fitWordTable } from '../translation/word-table.ts'
import type { BaselineModel } from './baseline.ts'
import { baselineOf } from './index.ts'

type Given = LoadSample & { readonly data: Uint8Array }
const noRecipe = (): Promise<TrainConfig> => Promise.reject(new Error('no recipe here'))
async function run(task: string, samples: readonly Given[], classes: readonly string[], config: () => Promise<TrainConfig> = noRecipe): Promise<BaselineModel[]> {
  const models: BaselineModel[] = []
  for await (const model of baselineOf(task).run({ samples, classes, split: 'test', seed: 1, read: (id) => samples[id]!.data, config })) models.push(model)
  return models
}
const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value))
const splitOf = (i: number): Split => (i % 5 === 3 ? 'val' : i % 5 === 4 ? 'test' : 'train')

const tagged = (text: string, ...tags: number[]): TaggedText => ({ words: placedWords(text), tags })

test('a dictionary knows what it has seen, and the longest of it', () => {
  const tagger = fitDictionary([tagged('in New York', 0, 1, 2), tagged('York fell', 1, 0), tagged('May came', 3, 0), tagged('it may May', 0, 0, 0), tagged('so May went', 0, 0, 0)])
  expect(tagger.tags(placedWords('New York and York'))).toEqual([1, 2, 0, 1])
  // Mostly no name in training.
  expect(tagger.tags(placedWords('May'))).toEqual([0])
  expect(tagger.tags(placedWords('Berlin'))).toEqual([0])
})

test('the perceptron tags names never met by what stands around them', () => {
  const names = ['Ada', 'Bo', 'Cy', 'Di', 'Eve', 'Flo']
  const texts = names.map((name) => tagged(`yesterday Mrs ${name} came home`, 0, 0, 1, 0, 0))
  const tagger = fitPerceptron(texts, 3, { epochs: 5, seed: 1 })
  expect(tagger.tags(placedWords('today Mrs Zoe left home'))).toEqual([0, 0, 1, 0, 0])
  expect(fitDictionary(texts).tags(placedWords('today Mrs Zoe left home'))).toEqual([0, 0, 0, 0, 0])
})

test('F1 of tagging is the ratio that is compared', async () => {
  const samples = Array.from({ length: 40 }, (_, id) => {
    const name = ['Ada', 'Bo', 'Cy', 'Di'][id % 4]!
    const text = id % 3 === 0 ? `we saw ${name}` : `Mrs ${name} came`
    return { id, class: -1, label: { kind: 'spans' as const, spans: [{ start: text.indexOf(name), end: text.indexOf(name) + name.length, class: 0 }] }, split: splitOf(id), data: bytes(text) }
  })
  for (const { metrics, values } of await run('text-tagging', samples, ['name'])) {
    expect(metrics['f1']).toBe(1)
    expect(baselineOf('text-tagging').ranking.measure([...values.values()])).toBe(1)
  }
})

test('translation: words find each other, pieces keep their order, a memory has what it has', () => {
  const pairs = [{ source: 'the red house', target: 'la maison rouge' }, { source: 'the house', target: 'la maison' }, { source: 'the red car', target: 'la voiture rouge' }, { source: 'a car', target: 'une voiture' }, { source: 'the', target: 'la' }]
  const words = fitWordTable(pairs)
  expect(words.translate('the car')).toBe('la voiture')
  expect(words.translate('Zoe')).toBe('Zoe')
  const pieces = fitLongestMatch(pairs, words)
  expect(pieces.translate('the red house')).toBe('la maison rouge')
  // 'red house' is what is left of 'the red house' without 'the'.
  expect(pieces.translate('a red house')).toBe(`${words.translate('a')} maison rouge`)
  expect(fitMemory(pairs).translate('the blue house')).toBe('la maison rouge')
})

/** Three words, each two tones after one another, said at any speed and pitch of a voice. */
const WORDS = { low: [300, 500], rise: [500, 1500], high: [2500, 1200] } as const
function say(words: readonly (keyof typeof WORDS)[], voice: number): Uint8Array {
  const random = new Random(voice, 'sample')
  const parts = words.flatMap((word) => {
    const n = 2400 + random.int(1600)
    const sound = Array.from({ length: n }, (_, t) => 0.4 * Math.sin((2 * Math.PI * WORDS[word][t < n / 2 ? 0 : 1] * (1 + 0.03 * random.normal() * 0 + 0.02 * (voice % 3)) * t) / 16_000))
    return [...sound, ...new Array<number>(1200).fill(0)]
  })
  return encodeWav({ rate: 16_000, samples: Float32Array.from([...new Array<number>(1600).fill(0), ...parts], (v) => v + 0.002 * random.normal()) })
}

test('speech: templates cut from strings of words hear new strings', async () => {
  const kinds = Object.keys(WORDS) as (keyof typeof WORDS)[]
  const samples = Array.from({ length: 20 }, (_, id) => {
    const row = Array.from({ length: 2 + (id % 2) }, (_w, k) => kinds[(id * (k + 1) + k) % 3]!)
    return { id, class: -1, label: { kind: 'text' as const, text: row.join(' ') }, split: splitOf(id), data: say(row, id) }
  })
  const [templates] = await run('speech-to-text', samples, [])
  expect(templates!.metrics['wer']).toBeLessThanOrEqual(0.2)
  expect(baselineOf('speech-to-text').ranking.measure([...templates!.values.values()])).toBeCloseTo(templates!.metrics['wer']!, 12)
})

test('autoregression goes on with a line and a wave', () => {
  const at = (t: number): number => 3 * t + 10 * Math.sin(t / 3)
  const windows = Array.from({ length: 80 }, (_, i) => Array.from({ length: 24 }, (_t, t) => at(i + t)))
  const futures = windows.map((_, i) => Array.from({ length: 4 }, (_h, h) => at(i + 24 + h)))
  const fitted = fitAutoregression(matrix(windows), futures, 1, 1e-4)
  const far = matrix([Array.from({ length: 24 }, (_t, t) => at(500 + t))])
  predictShallow(fitted, far).forEach((v, h) => { expect(v).toBeCloseTo(at(524 + h), 0) })
})

test('forecasts on the windows of the recipe, each with its interval; the linear one can become a file', async () => {
  const value = (t: number): number => 50 + 10 * Math.sin((2 * Math.PI * t) / 12) + 0.1 * t
  const samples = Array.from({ length: 240 }, (_, id) => ({ id, class: -1, label: { kind: 'number' as const, value: value(id) }, split: (id < 168 ? 'train' : id < 204 ? 'val' : 'test') as Split, data: bytes({ time: id }) }))
  const config = { task: 'series-forecast', model: 'forecast-mlp', modelOptions: {}, input: { kind: 'forecast', columns: ['value'], axis: { unit: 'number', step: 1 }, context: 24, horizon: 6, season: 12, scaling: 'window', anchor: 'season', mean: [50], std: [10], naiveError: 1.2, quantiles: [0.1, 0.5, 0.9] }, ...trainDefaults } as unknown as TrainConfig
  const models = await run('series-forecast', samples, [], () => Promise.resolve(config))
  expect(models.map((m) => m.name)).toEqual(['naive', 'seasonal-naive', 'drift', 'holt-winters', 'autoregression'].filter((name) => models.some((m) => m.name === name)))
  const by = Object.fromEntries(models.map((m) => [m.name, m]))
  expect(by['seasonal-naive']!.metrics['mase']).toBeCloseTo(1, 6)
  expect(by['autoregression']!.metrics['mase']).toBeLessThan(0.1)
  expect(by['autoregression']!.exportable).toMatchObject({ outputs: 'numbers', rows: { columns: 24 } })
  for (const { metrics, values } of models) expect(baselineOf('series-forecast').ranking.measure([...values.values()])).toBeCloseTo(metrics['mase']!, 9)
})

test('anomalies lie far from what is normal; one kind alone cannot be measured', async () => {
  const random = new Random(9, 'sample')
  const samples = Array.from({ length: 60 }, (_, id) => {
    const odd = id % 5 !== 0 && id % 4 === 0
    return { id, class: odd ? 1 : 0, label: null, split: splitOf(id), data: bytes({ channels: ['x'], values: [Array.from({ length: 40 }, (_t, t) => Math.sin(t / 3) + 0.1 * random.normal() + (odd && t > 20 && t < 26 ? 3 : 0))] }) }
  })
  const models = await run('anomaly-detection', samples, ['normal', 'fault'])
  expect(models.map((m) => m.name)).toEqual(['deviation', 'covariance', 'neighbours'])
  for (const { name, metrics, values } of models) {
    expect(metrics['auc'], name).toBeGreaterThan(0.9)
    expect(baselineOf('anomaly-detection').ranking.measure([...values.values()])).toBeCloseTo(metrics['auc']!, 9)
  }
  await expect(run('anomaly-detection', samples.map((s) => ({ ...s, class: 0 })), ['normal', 'fault'])).rejects.toThrow('needs both normal and anomalous series')
})
