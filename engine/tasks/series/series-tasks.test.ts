// Tasks on series: what recipes adapt to, how rows become windows, what anomaly detection learns from, bad data in one line.
import { expect, test } from 'vitest'
import { forecastInput } from '../../contract/inputs/forecast.ts'
import { inputOf } from '../../contract/inputs/of.ts'
import { trainConfig, type TrainConfig } from '../../contract/recipe.ts'
import type { LoadSample } from '../../data/types.ts'
import { anomalyDetection } from '../anomaly-detection.ts'
import { seriesClassification } from '../series-classification.ts'
import { seriesForecast } from '../series-forecast.ts'
import type { LoadRequest, SourceSample, TrainingData } from '../task.ts'
import { calibrateAnomaly, scoreAnomaly } from './anomaly.ts'
import { normalClass } from './anomaly-set.ts'
import type { ForecastTruth } from './forecast-set.ts'

const bytes = (content: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(content))
const sample = (id: number, content: unknown, c = 0): SourceSample => ({ id, class: c, label: null, bytes: bytes(content) })
const dataOf = (samples: readonly SourceSample[], classes: readonly string[] = []): TrainingData => ({ samples: samples.length, classes, counts: classes.map((_, c) => samples.filter((s) => s.class === c).length), height: 0, width: 0, channels: 1, read: () => Promise.resolve(samples) })

/** `count` days with a week in them. */
const days = (count: number, value: (i: number) => number | null = (i) => 10 + [0, 1, 2, 3, 2, -6, -8][i % 7]! + 0.01 * i): SourceSample[] =>
  Array.from({ length: count }, (_, i) => sample(i + 1, { time: new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10), value: value(i), rain: i % 3 }))
const request = (config: TrainConfig, all: readonly SourceSample[], own: (s: LoadSample) => boolean, purpose: LoadRequest['purpose'], classes: readonly string[] = []): LoadRequest => ({ samples: all.filter(own), others: all.filter((s) => !own(s)), read: (id) => all.find((s) => s.id === id)!.bytes, config, classes, purpose })

test('a forecast looks a season ahead where seasons are alike, from the one before, and knows its covariates', async () => {
  const config = await seriesForecast.recipe(dataOf(days(140)), null)
  expect(trainConfig.safeParse(config).error).toBeUndefined()
  const input = inputOf('forecast', config)
  expect(input).toMatchObject({ columns: ['value', 'rain'], season: 7, horizon: 7, anchor: 'season', axis: { unit: 'millisecond', step: 86_400_000 } })
  expect(input.context % 7).toBe(0)
  expect(forecastInput.safeParse({ ...input, quantiles: [0.1, 0.9, 0.5] }).error?.message).toMatch(/quantiles must rise/)
  const noise = await seriesForecast.recipe(dataOf(days(90, (i) => Math.sin(i * i * 12.9898) * 43_758.5453 % 1)), null)
  expect(inputOf('forecast', noise)).toMatchObject({ season: 1, anchor: 'last', horizon: 9 })
})

test('what no forecast can be learned from is refused in one line', async () => {
  await expect(seriesForecast.recipe(dataOf(days(60, () => 4)), null)).rejects.toThrow('the series is 4 at every step of the training split: a constant needs no forecast')
  await expect(seriesForecast.recipe(dataOf(days(9)), null)).rejects.toThrow(/has 9 steps; a forecast needs at least 24/)
  await expect(seriesForecast.recipe(dataOf([sample(7, { value: 3 })]), null)).rejects.toThrow('sample 7: its time undefined is neither a date nor a number')
  await expect(seriesForecast.recipe(dataOf(days(60)), 'cnn')).rejects.toThrow("model 'cnn' does not serve series-forecast")
})

test('windows of a split look back into the one before; gaps are input but no target; corrected labels count', async () => {
  const all = days(140).filter((s) => s.id !== 130).map((s): SourceSample => (s.id === 120 ? { ...s, label: { kind: 'number', value: 99 } } : s))
  const config = await seriesForecast.recipe(dataOf(all.slice(0, 98)), null)
  const { context, horizon } = inputOf('forecast', config)
  const set = await seriesForecast.load(request(config, all, (s) => s.id > 119, 'evaluate'))
  expect(set.count).toBe(21 - horizon + 1)
  expect(set.ids[0]).toBe(120)
  const out = { past: new Float32Array(context * 2), future: new Float32Array(horizon), observed: new Float32Array(horizon) }
  set.fill([4], out, null)
  expect([...out.observed]).toEqual([1, 1, 1, 1, 1, 1, 0])
  set.fill([0], out, null)
  expect(out.future[0]).toBe(99)
  expect(out.past[2 * context - 2]).toBeCloseTo(10 + [0, 1, 2, 3, 2, -6, -8][118 % 7]! + 1.18, 4)
  const truth = set.truth(0) as ForecastTruth
  expect(truth.times[0]).toBe('2024-04-29')
  expect(truth.reference[1]).toBe(truth.past.values.at(-6))
  await expect(seriesForecast.load(request(config, all, (s) => s.id > 137, 'evaluate'))).rejects.toThrow(/hold no window of \d+ steps followed by 7 steps of the split/)
})

test('a prediction is one window, after the last row', async () => {
  const all = days(140)
  const config = await seriesForecast.recipe(dataOf(all.slice(0, 98)), null)
  const set = await seriesForecast.load(request(config, all, () => true, 'predict'))
  expect([set.count, set.ids[0], set.labels[0]]).toEqual([1, 140, -1])
  const { horizon } = inputOf('forecast', config)
  const output = seriesForecast.decode({ quantiles: new Float32Array(horizon * 3) }, config, [], all.at(-1)!)
  expect(output).toMatchObject({ kind: 'forecast', times: expect.arrayContaining(['2024-05-20', '2024-05-26']) as unknown })
})

test('series of several rates meet at the fastest; constant channels and foreign ones are told apart', async () => {
  const series = (n: number, rate: number, z = 1): unknown => ({ channels: ['x', 'z'], values: [Array.from({ length: n }, (_, i) => i), new Array(n).fill(z)], rate })
  const config = await seriesClassification.recipe(dataOf([sample(1, series(10, 10)), sample(2, series(40, 20), 1)], ['a', 'b']), null)
  expect(inputOf('series', config)).toMatchObject({ channels: ['x', 'z'], rate: 20, steps: 40, std: [expect.any(Number), 1] })
  const all = [sample(1, series(10, 10)), sample(2, { channels: ['z'], values: [[1, 2]] })]
  const set = await seriesClassification.load(request(config, all, (s) => s.id === 1, 'evaluate', ['a', 'b']))
  const out = { series: new Float32Array(80), length: new BigInt64Array(1) }
  set.fill([0], out, null)
  expect(out.length[0]).toBe(20n)
  expect([out.series[0], out.series[19], out.series[20]]).toEqual([0, 9, 0])
  await expect(seriesClassification.load(request(config, all, (s) => s.id === 2, 'evaluate', ['a', 'b']))).rejects.toThrow("sample 2 has no channel 'x': it has 'z', the model takes 'x', 'z'")
  await expect(seriesClassification.recipe(dataOf([sample(1, { channels: ['x'], values: [[3, 3, 3]] })], ['a', 'b']), null)).rejects.toThrow("all channels ('x') are constant in the training split")
  await expect(seriesClassification.recipe(dataOf([sample(5, { channels: ['x'], values: [[null, null]] })], ['a', 'b']), null)).rejects.toThrow("sample 5 has no value at all in channel 'x'")
})

test('anomaly detection learns from normal samples, validates its loss on them, and its threshold on all', async () => {
  expect([normalClass(['anomaly', 'Normal']), normalClass(['spike', 'drift'])]).toEqual([1, 0])
  const all = Array.from({ length: 12 }, (_, i) => sample(i + 1, { channels: ['x'], values: [[i, 1, 2, 3]] }, i % 3 === 0 ? 0 : 1))
  const classes = ['anomaly', 'normal']
  const config = await anomalyDetection.recipe(dataOf(all, classes), null)
  const load = (purpose: LoadRequest['purpose']) => anomalyDetection.load(request(config, all, () => true, purpose, classes))
  expect((await load('train')).count).toBe(8)
  expect([...(await load('validate')).labels].filter((l) => l < 0)).toHaveLength(4)
  const set = await load('evaluate')
  expect([set.count, set.truth(0), set.truth(1)]).toEqual([12, true, false])
  const score = Float32Array.from({ length: 12 }, (_, i) => (i % 3 === 0 ? 5 + i / 12 : i / 12))
  const threshold = Object.values(calibrateAnomaly({ set, outputs: { score: { shape: [], data: score } } }))[0]![0]!
  expect(threshold).toBeGreaterThan(11 / 12)
  expect(threshold).toBeLessThan(5)
  const found = scoreAnomaly({ set, outputs: { score: { shape: [], data: score }, threshold: { shape: [], data: new Float32Array(12).fill(threshold) } }, classes, seed: 1 })
  expect(found.metrics).toMatchObject({ auc: 1, f1: 1, precision: 1, recall: 1, accuracy: 1 })
  // In the order of the classes: anomalies first here.
  expect(found.confusion).toEqual([[4, 0], [0, 8]])
  expect(found.rows[0]).toMatchObject({ predicted: 0, correct: true, output: { kind: 'anomaly', anomaly: true } })
  await expect(anomalyDetection.load(request(config, all.filter((s) => s.class === 0), () => true, 'train', classes))).rejects.toThrow("no sample of the training split is 'normal'")
})
