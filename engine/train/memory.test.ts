// The preflight estimate follows what a run is made of; `npm run bench -- memory` holds it to the peaks of processes.
import { expect, test } from 'vitest'
import { summarizeCommand } from '../process/summarize.ts'
import { estimateMemory } from './memory.ts'
import { smallConfig } from './testing.ts'

const wide = smallConfig({ model: 'mlp', modelOptions: { hidden: [1024, 1024] } })
const MB = 2 ** 20

test('the parts add up, and are none of them nothing', async () => {
  const { total, ...parts } = await estimateMemory(smallConfig(), 3, 1000)
  expect(total).toBe(Object.values(parts).reduce((a, b) => a + b, 0))
  expect(Math.min(...Object.values(parts))).toBeGreaterThan(0)
  expect(total).toBeLessThan(400 * MB)
})

test('activations grow with the batch, weights with the optimizer, data with the samples', async () => {
  const of = (change: object, samples = 1000): ReturnType<typeof estimateMemory> => estimateMemory(smallConfig({ modelOptions: { filters: [32], dense: 0 }, ...change }), 3, samples)
  const [small, large] = [await of({ batch: 32 }), await of({ batch: 256 })]
  expect(large.step / small.step).toBeGreaterThan(6)
  expect((await of({}, 100_000)).data).toBe(100 * (await of({})).data)
  const [sgd, adam] = [await estimateMemory({ ...wide, optimizer: 'sgd' }, 3, 1000), await estimateMemory({ ...wide, optimizer: 'adam' }, 3, 1000)]
  // 8×8 pixels: 64·1024 + 1024·1024 weights and their neighbours, thrice as many with two moments; what waits to be collected has a bound.
  expect(sgd.weights).toBeGreaterThan(4 * (64 * 1024 + 1024 ** 2))
  expect(adam.weights - sgd.weights).toBeGreaterThan(4 * 1024 ** 2)
})

test('the command tells it where it is told how many samples there are', async () => {
  const config = smallConfig()
  const args = { config, classes: 3 }
  const context = {} as Parameters<typeof summarizeCommand.run>[1]
  expect(await summarizeCommand.run(args, context)).not.toHaveProperty('memory')
  expect(await summarizeCommand.run({ ...args, samples: 1000 }, context)).toMatchObject({ memory: (await estimateMemory(config, 3, 1000)).total })
})
