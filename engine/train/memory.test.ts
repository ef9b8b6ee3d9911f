// The preflight estimate follows what a run is made of; `npm run bench -- memory` holds it to the peaks of processes.
import { expect, test } from 'vitest'
import { summarizeCommand } from '../process/summarize.ts'
import { trainTokenizer } from '../tokenize/train.ts'
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
  expect(large.step / small.step).toBeGreaterThan(4)
  expect((await of({}, 100_000)).data).toBe(100 * (await of({})).data)
  const [sgd, adam] = [await estimateMemory({ ...wide, optimizer: 'sgd' }, 3, 1000), await estimateMemory({ ...wide, optimizer: 'adam' }, 3, 1000)]
  // 8×8 pixels: 64·1024 + 1024·1024 weights and their neighbours, thrice as many with two moments; what waits to be collected has a bound.
  expect(sgd.weights).toBeGreaterThan(4 * (64 * 1024 + 1024 ** 2))
  expect(adam.weights - sgd.weights).toBeGreaterThan(4 * 1024 ** 2)
})

test('a long run takes a thread of its own, and neither it nor one whose samples are cut in rows depends on how many there are', async () => {
  const cnn = (epochs: number): ReturnType<typeof estimateMemory> => estimateMemory(smallConfig({ batch: 64, epochs, input: { kind: 'image', height: 32, width: 32, channels: 1, mean: [0.3], std: [0.3] }, modelOptions: { filters: [32, 64], norm: 'batch-norm', dense: 0 } }), 3, 2000)
  const [short, long] = [await cnn(1), await cnn(1000)]
  // And its program twice.
  expect((long.step - short.step) / MB).toBeGreaterThan(28)
  expect((long.step - short.step) / MB).toBeLessThan(40)
  const tokenizer = trainTokenizer('character', ['abcdef'], { special: ['start'] })
  const language = smallConfig({ task: 'language-model', model: 'language-lstm', modelOptions: { embedding: 8, units: 16 }, input: { kind: 'language', tokenizer, length: 32 }, labelSmoothing: 0, augment: null })
  expect((await estimateMemory(language, 0, 10)).validation).toBe((await estimateMemory(language, 0, 1000)).validation)
})

test('the command tells it where it is told how many samples there are', async () => {
  const config = smallConfig()
  const args = { config, classes: 3 }
  const context = {} as Parameters<typeof summarizeCommand.run>[1]
  expect(await summarizeCommand.run(args, context)).not.toHaveProperty('memory')
  expect(await summarizeCommand.run({ ...args, samples: 1000 }, context)).toMatchObject({ memory: (await estimateMemory(config, 3, 1000)).total })
})
