// Baselines of tasks, features of each kind of sample, and the verdict between two models.
import { expect, test } from 'vitest'
import { encodeWav } from '../audio/wav.ts'
import { Random } from '../data/random.ts'
import type { Split } from '../contract/recipe.ts'
import type { LoadSample } from '../data/types.ts'
import { tasks } from '../tasks/index.ts'
import type { BaselineModel, BaselineRequest } from './baselines/baseline.ts'
import { meanOfValues, rootMeanOfValues } from './baselines/baseline.ts'
import { baselineOf, baselines } from './baselines/index.ts'
import { features } from './features/index.ts'
import { powerSpectrum } from './features/fft.ts'
import { compare, verdict } from './verdict.ts'

const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value))
const splitOf = (i: number): Split => (i % 5 === 3 ? 'val' : i % 5 === 4 ? 'test' : 'train')

async function run(task: string, samples: readonly (LoadSample & { readonly data: Uint8Array })[], classes: readonly string[]): Promise<BaselineModel[]> {
  const request: BaselineRequest = { samples, classes, split: 'test', seed: 1, read: (id) => samples[id]!.data, config: () => Promise.reject(new Error('no recipe here')) }
  const models: BaselineModel[] = []
  for await (const model of baselineOf(task).run(request)) models.push(model)
  return models
}

test('texts: words decide, and naive Bayes of words takes part', async () => {
  const samples = Array.from({ length: 100 }, (_, i) => ({ id: i, class: i % 2, label: null, split: splitOf(i), data: bytes(`the film was ${i % 2 === 0 ? 'dull' : 'bright'} ${i % 7}`) }))
  const models = await run('text-classification', samples, ['bad', 'good'])
  expect(models.map((m) => m.name)).toContain('naive-bayes-words')
  for (const model of models) expect(model.metrics['accuracy'], model.name).toBe(1)
  expect([...models[0]!.values.keys()]).toEqual(samples.filter((s) => s.split === 'test').map((s) => s.id))
})

test('numbers: a straight line is found by linear regression', async () => {
  const random = new Random(1, 'sample')
  const samples = Array.from({ length: 150 }, (_, i) => {
    const x = random.normal()
    return { id: i, class: -1, label: { kind: 'number' as const, value: 2 * x + 0.1 * random.normal() }, split: splitOf(i), data: bytes({ x, noise: random.normal() }) }
  })
  const models = await run('tabular-regression', samples, [])
  expect(models.map((m) => m.name).sort()).toEqual(['gradient-boosting', 'linear-regression', 'nearest-neighbours', 'random-forest'])
  const line = models.find((m) => m.name === 'linear-regression')!
  expect(line.metrics['rmse']).toBeLessThan(0.15)
  expect(line.metrics['r2']).toBeGreaterThan(0.99)
})

test('recommendation: item-kNN knows who is alike, popularity does not', async () => {
  const place = (k: number): Split => (k === 9 ? 'test' : k === 8 ? 'val' : 'train')
  const samples = Array.from({ length: 60 }, (_, u) => Array.from({ length: 10 }, (_, k) => ({ class: -1, label: { kind: 'number' as const, value: 3 }, split: place(k), data: bytes({ user: `u${u}`, item: `i${((u + 3 * k) % 15) + 15 * (u % 2)}` }) }))).flat().map((s, id) => ({ ...s, id }))
  const models = await run('recommendation', samples, [])
  const [popularity, knn] = models
  expect(knn!.metrics['ndcg10']!).toBeGreaterThan(popularity!.metrics['ndcg10']!)
  expect(popularity!.metrics['rmse']).toBeCloseTo(0, 6)
  expect(models.map((m) => m.exportable)).toEqual([null, null])
})

test('data that cannot be measured on are named', async () => {
  const samples = Array.from({ length: 4 }, (_, id) => ({ id, class: 0, label: null, split: 'train' as const, data: bytes({ a: id }) }))
  await expect(run('tabular-classification', samples, ['x', 'y'])).rejects.toThrow('no labelled sample in the test split')
  expect(() => baselineOf('origami')).toThrow(/no shallow model learns the task origami/)
  expect(Object.keys(baselines).sort()).toEqual(Object.keys(tasks).sort())
})

test('sound, series and pairs become numbers that tell them apart', async () => {
  const tone = (hertz: number): Uint8Array => encodeWav({ rate: 16_000, samples: Float32Array.from({ length: 8000 }, (_, t) => 0.5 * Math.sin((2 * Math.PI * hertz * t) / 16_000)) })
  const sound = await features.audio.fit([])
  const [low, high] = [await sound.of(tone(200)), await sound.of(tone(3000))]
  expect(low).toHaveLength(sound.names.length)
  const loudest = (x: ArrayLike<number>): number => Array.from(x).slice(0, 24).reduce((best, v, i, all) => (v > all[best]! ? i : best), 0)
  expect(loudest(high)).toBeGreaterThan(loudest(low) + 5)
  const values = bytes({ channels: ['x'], values: [Array.from({ length: 40 }, (_, t) => t)] })
  const series = await features.series.fit([values])
  const row = await series.of(values)
  expect(row[series.names.indexOf('x: mean')]).toBe(19.5)
  expect(row[series.names.indexOf('x: mean step')]).toBeCloseTo(39 / 40)
  const pairs = await features['text-pair'].fit([bytes({ a: 'a dog', b: 'a cat' }), bytes({ a: 'a dog', b: 'a fox' })])
  expect((await pairs.of(bytes({ a: 'one dog', b: 'one cat' })))[pairs.names.indexOf('(only in b)')]).toBe(1)
})

test('the power spectrum of a wave stands in its bin', () => {
  const power = powerSpectrum(Float64Array.from({ length: 64 }, (_, t) => Math.cos((2 * Math.PI * 5 * t) / 64)))
  expect(power[5]).toBeCloseTo(32 ** 2, 6)
  expect(power.reduce((sum, v) => sum + v, 0)).toBeCloseTo(32 ** 2, 6)
})

test('the verdict: better, worse, noise, other samples', () => {
  const model = (name: string, right: (i: number) => boolean, from = 0) => ({ name, value: 0, interval: null, values: new Map(Array.from({ length: 200 }, (_, i) => [from + i, [Number(right(i))]] as const)) })
  const ranking = { metric: 'accuracy', lowerIsBetter: false, measure: meanOfValues }
  const [good, bad] = [model('Run 1', (i) => i % 10 > 0), model('trees', (i) => i % 3 > 0)]
  expect(verdict(bad, good, ranking, 1).text).toMatch(/^Run 1 is better than the best shallow model, trees/)
  expect(verdict(good, bad, ranking, 1).text).toMatch(/^Run 1 is better than trees.*Use the shallow model/)
  expect(verdict(good, model('Run 2', (i) => i % 10 > 0 && i !== 5), ranking, 1).text).toMatch(/^This difference is noise/)
  expect(verdict(good, model('Run 3', () => true, 1000), ranking, 1).text).toMatch(/other samples/)
  expect(verdict(good, null, ranking, 1).text).toMatch(/No network is trained yet/)
  // Of errors the smaller wins, and the metric is the root of the mean.
  const errors = (value: number) => new Map(Array.from({ length: 50 }, (_, i) => [i, [value * (1 + (i % 2))]] as const))
  const difference = compare(errors(1), errors(4), { measure: rootMeanOfValues }, 1)
  expect(difference?.value).toBeCloseTo(Math.sqrt(1.5) - Math.sqrt(6), 10)
  expect(difference?.real).toBe(true)
})
