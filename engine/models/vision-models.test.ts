// Networks of detection and segmentation: their size, what they give at any batch, and inputs that do not fit.
import { expect, test } from 'vitest'
import { trainDefaults, type TrainConfig } from '../contract/recipe.ts'
import { Graph } from '../graph/graph.ts'
import { network } from './network.ts'

function config(task: string, model: string, height = 64, width = 96, modelOptions: Record<string, unknown> = {}): TrainConfig {
  return { task, model, modelOptions, input: { kind: 'image', height, width, channels: 3, mean: [0.5], std: [0.25] }, epochs: 1, batch: 2, optimizer: 'adamw', lr: 1e-3, schedule: 'constant', momentum: 0.9, weightDecay: 0, labelSmoothing: 0, dropout: 0, initializer: 'he-normal', seed: 1, augment: null, earlyStopping: null, ...trainDefaults }
}

function shapes(of: TrainConfig, classes: number): Record<string, readonly (number | string)[]> {
  const graph = new Graph('shapes')
  const built = network(of, classes).build(graph, { x: graph.input('x', 'float32', ['N', 3, 64, 96]) }, { training: false })
  return Object.fromEntries(Object.entries(built.outputs).map(([name, { shape }]) => [name, shape.slice(1)]))
}

test('detector: a quarter of the size, few enough parameters for a CPU', () => {
  const of = config('object-detection', 'detector')
  expect(shapes(of, 4)).toEqual({ logits: [4, 16, 24], sides: [4, 16, 24] })
  const net = network(of, 4)
  expect(net.trainable).toBeGreaterThan(100_000)
  expect(net.trainable).toBeLessThan(300_000)
  // The first guess of every cell is that there is nothing.
  const weights = net.initialWeights(1)
  let at = 0
  for (const p of net.parameters) {
    const size = p.shape.reduce((a, b) => a * b, 1)
    if (p.name === 'prior') expect([...weights.subarray(at, at + size)]).toEqual([-3.5, -3.5, -3.5, -3.5])
    at += size
  }
})

test.each([['u-net', {}], ['u-net', { squares: 1 }], ['u-net', { squares: 4, filters: [8, 8] }], ['fcn', {}]])('%s %j: every pixel, with the background', (model, options) => {
  expect(shapes(config('segmentation', model, 64, 96, options), 3)).toEqual({ logits: [4, 64, 96] })
})

test('sizes that cannot be halved so often are refused with what to use', () => {
  expect(() => network(config('object-detection', 'detector', 60, 96), 2)).toThrow('multiples of 16, they are 60×96; use 64×96')
  expect(() => network(config('segmentation', 'u-net', 66, 96), 2)).toThrow('multiples of 16, they are 66×96; use 64×96')
  expect(() => network(config('segmentation', 'fcn', 64, 96, { filters: [8] }), 2)).toThrow('model fcn')
})
