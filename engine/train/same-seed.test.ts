// The same seed gives the same weights, before and after training, for every template that takes pictures; another seed gives others.
import { expect, test } from 'vitest'
import { models } from '../models/index.ts'
import { network } from '../models/network.ts'
import { record, smallConfig } from './testing.ts'
import { weightsHash } from './weights-hash.ts'

const ofPictures = Object.entries(models).filter(([, def]) => def.tasks.some((id) => id === 'image-classification')).map(([name]) => name)

test.each(ofPictures)('%s', async (model) => {
  const config = smallConfig({ model, modelOptions: {}, epochs: 1 })
  const start = (seed: number): string => {
    const net = network(config, 3)
    return weightsHash(net.parameters, net.initialWeights(seed))
  }
  expect(start(1)).toBe(start(1))
  expect(start(2)).not.toBe(start(1))
  const trained = async (seed: number): Promise<string | undefined> => (await record({ ...config, seed })).outcome?.weightsHash
  const first = await trained(1)
  expect(first).toMatch(/^[0-9a-f]{64}$/)
  expect(await trained(1)).toBe(first)
  expect(await trained(2)).not.toBe(first)
}, 60_000)
