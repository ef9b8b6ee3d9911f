// Networks of series: what they give from tiny inputs, in training and in inference; causality of the TCN; that padding counts for nothing.
import { expect, test } from 'vitest'
import { Program, tensor } from '../compile/program.ts'
import type { ForecastInput } from '../contract/inputs/forecast.ts'
import type { SeriesInput } from '../contract/inputs/series.ts'
import type { TrainConfig } from '../contract/recipe.ts'
import { Random } from '../data/random.ts'
import { Graph } from '../graph/graph.ts'
import { task } from '../tasks/index.ts'
import { smallConfig } from '../train/testing.ts'
import { receptiveField } from './forecast-tcn.ts'
import { patchCount } from './forecast-transformer.ts'
import { network } from './network.ts'
import { THRESHOLD } from './series/autoencoder.ts'

const forecast: ForecastInput = { kind: 'forecast', columns: ['value', 'heat'], axis: { unit: 'number', step: 1 }, context: 16, horizon: 5, season: 4, scaling: 'window', anchor: 'season', quantiles: [0.1, 0.5, 0.9], mean: [0, 0], std: [1, 1], naiveError: 1 }
const series: SeriesInput = { kind: 'series', channels: ['x', 'y'], steps: 16, rate: null, mean: [1, 0], std: [2, 1] }
const noise = (n: number, seed = 1): Float32Array => {
  const random = new Random(seed, 'sample')
  return Float32Array.from({ length: n }, () => random.normal())
}

/** Predictions of the task for features fed as they are, from random weights. */
async function predicted(config: TrainConfig, classes: number, features: Record<string, { data: Float32Array | BigInt64Array; shape: number[] }>): Promise<Record<string, number[]>> {
  const net = network(config, classes)
  const graph = new Graph('test')
  const definition = task(config.task)
  const given = Object.fromEntries(Object.entries(definition.features(config)).map(([name, { dtype, shape }]) => [name, graph.input(name, dtype, ['N', ...shape])]))
  const { outputs } = net.build(graph, definition.preprocess(given, config), { training: false })
  for (const [name, value] of Object.entries(definition.predict({ outputs, features: given, targets: null, config, classes }))) graph.output(name, value)
  const weights = new Map(net.parameters.map((p, i) => [p.name, typeof p.initial === 'number' ? new Float32Array(p.shape.reduce((a, b) => a * b, 1)).fill(p.initial) : noise(p.shape.reduce((a, b) => a * b, 1), i + 2).map((v) => v * 0.3)]))
  await using program = await Program.create(graph, { parameters: weights, threads: 1 })
  const out = await program.run(Object.fromEntries(Object.entries(features).map(([name, { data, shape }]) => [name, tensor(data instanceof BigInt64Array ? 'int64' : 'float32', data, shape)])))
  return Object.fromEntries(Object.entries(out).map(([name, { data }]) => [name, Array.from(data as Float32Array, Number)]))
}

const forecasts = ['forecast-mlp', 'forecast-tcn', 'forecast-rnn', 'forecast-transformer']

test.each(forecasts)('%s: quantiles in order for any weights, and the unit of the data does not matter', async (model) => {
  const config = smallConfig({ task: 'series-forecast', model, modelOptions: model === 'forecast-transformer' ? { features: 8, heads: 2 } : {}, input: forecast })
  const past = noise(2 * 16 * 2)
  const one = await predicted(config, 0, { past: { data: past, shape: [2, 16, 2] } })
  expect(one['forecast']).toHaveLength(10)
  for (let i = 0; i < 10; i++) expect([...one['quantiles']!.slice(i * 3, i * 3 + 3)].sort((a, b) => a - b)).toEqual(one['quantiles']!.slice(i * 3, i * 3 + 3))
  const moved = await predicted(config, 0, { past: { data: past.map((v, i) => (i % 2 === 0 ? 50 + 7 * v : v)), shape: [2, 16, 2] } })
  moved['forecast']!.forEach((v, i) => {
    expect(v).toBeCloseTo(50 + 7 * one['forecast']![i]!, 1)
  })
})

test('untrained, a forecast is its anchor', async () => {
  const config = smallConfig({ task: 'series-forecast', model: 'forecast-mlp', modelOptions: {}, input: { ...forecast, columns: ['value'], mean: [0], std: [1] } })
  const net = network(config, 0)
  const graph = new Graph('anchor')
  const definition = task('series-forecast')
  const past = graph.input('past', 'float32', ['N', 16, 1])
  const { outputs } = net.build(graph, definition.preprocess({ past }, config), { training: false })
  graph.output('forecast', definition.predict({ outputs, features: { past }, targets: null, config, classes: 0 })['forecast']!)
  const flat = net.initialWeights(1)
  let at = 0
  const weights = new Map(net.parameters.map((p) => {
    const size = p.shape.reduce((a, b) => a * b, 1)
    at += size
    return [p.name, flat.subarray(at - size, at)]
  }))
  await using program = await Program.create(graph, { parameters: weights, threads: 1 })
  const data = noise(16)
  const out = (await program.run({ past: tensor('float32', data, [1, 16, 1]) }))['forecast']!.data as Float32Array
  expect([...out]).toEqual([12, 13, 14, 15, 12].map((i): unknown => expect.closeTo(data[i]!, 4)))
})

test('the TCN takes as many blocks as see the whole past, the Transformer pieces that fit', () => {
  expect([receptiveField(1, 3), receptiveField(2, 3), receptiveField(3, 2)]).toEqual([5, 13, 15])
  const config = smallConfig({ task: 'series-forecast', model: 'forecast-tcn', modelOptions: {}, input: forecast })
  expect(network(config, 0).layers.filter((l) => l.name.endsWith('conv2')).map((l) => l.name)).toEqual(['block1-conv2', 'block2-conv2', 'block3-conv2'])
  expect([patchCount(156, 16), patchCount(33, 16), patchCount(7, 16)]).toEqual([13, 11, 7])
})

test.each(['series-cnn', 'series-lstm'])('%s: what stands behind the end counts for nothing', async (model) => {
  const config = smallConfig({ task: 'series-classification', model, modelOptions: model === 'series-cnn' ? { filters: [4, 4], kernel: 3 } : { units: 4 }, input: series })
  const data = noise(2 * 16)
  const other = data.map((v, i) => (i % 16 >= 9 ? 99 : v))
  const length = BigInt64Array.of(9n)
  const [a, b] = [await predicted(config, 3, { series: { data, shape: [1, 2, 16] }, length: { data: length, shape: [1] } }), await predicted(config, 3, { series: { data: other, shape: [1, 2, 16] }, length: { data: length, shape: [1] } })]
  expect(a['probabilities']!.reduce((x, y) => x + y, 0)).toBeCloseTo(1, 5)
  expect(a['probabilities']).toEqual(b['probabilities'])
})

test.each(['autoencoder-conv', 'autoencoder-dense', 'autoencoder-lstm'])('%s: an error for each value, the worst stretch as score, no alarm before a threshold is set', async (model) => {
  const config = smallConfig({ task: 'anomaly-detection', model, modelOptions: model === 'autoencoder-conv' ? { filters: [4, 4], kernel: 3 } : {}, input: series })
  const net = network(config, 2)
  expect(net.parameters.at(-1)).toMatchObject({ name: THRESHOLD, trainable: false, shape: [1] })
  const out = await predicted(config, 2, { series: { data: noise(2 * 2 * 16), shape: [2, 2, 16] }, length: { data: BigInt64Array.of(16n, 12n), shape: [2] } })
  expect(out['anomaly']).toEqual([0, 0])
  const errors = out['errors']!.slice(32)
  expect(errors.filter((_, i) => i % 16 >= 12).every((e) => e === 0)).toBe(true)
  // Stretches of 16 / 8 = 2 steps.
  const worst = Math.max(...[0, 1].flatMap((c) => Array.from({ length: 15 }, (_, t) => (errors[c * 16 + t]! + errors[c * 16 + t + 1]!) / 2)))
  expect(out['score']![1]).toBeCloseTo(worst, 3)
})
