// A trained network as methods see it: which layers the randomisation check draws afresh.
import { expect, test } from 'vitest'
import { trainDefaults, type TrainConfig } from '../contract/recipe.ts'
import { network } from '../models/network.ts'
import { networkModel } from './network-model.ts'

const config: TrainConfig = { task: 'object-detection', model: 'detector', modelOptions: { filters: [4, 4, 4, 4], head: 8 }, input: { kind: 'image', height: 32, width: 32, channels: 1, mean: [0.5], std: [0.5] }, epochs: 1, batch: 2, optimizer: 'adam', lr: 0.001, schedule: 'constant', momentum: 0.9, weightDecay: 0, labelSmoothing: 0, dropout: 0, initializer: 'he-normal', seed: 1, augment: null, earlyStopping: null, ...trainDefaults }

test('of a detector the head that scores classes comes first, and the head of the sides never: the score does not depend on it', () => {
  const net = network(config, 2)
  const model = networkModel(config, 2, net.initialWeights(3))
  const changed = (layers: number): string[] => [...model.randomised(0, layers)].flatMap(([name, values]) => (values === model.weights.get(name) ? [] : [name]))
  expect(net.layers.at(-1)?.name).toBe('sides')
  expect(model.depth).toBe(13)
  expect(changed(1)).toEqual(['classes.weight'])
  expect(changed(2)).toEqual(['head.weight', 'head-norm.weight', 'head-norm.bias', 'prior', 'classes.weight', 'head-norm.running_mean', 'head-norm.running_var'])
  expect(changed(0)).toEqual([])
  expect(model.randomised(0, 1).get('classes.weight')?.some((v) => v !== 0)).toBe(true)
  const all = changed(model.depth)
  expect(all).toContain('half.weight')
  expect(all.filter((name) => name.startsWith('sides'))).toEqual([])
})
