// Gradient checkpointing as a recipe has it: less memory, the same weights bit for bit.
import { expect, test } from 'vitest'
import { runMemory } from '../compile/memory.ts'
import type { TrainConfig } from '../contract/recipe.ts'
import { estimateMemory } from './memory.ts'
import { buildTrainStep } from './step-graph.ts'
import { record, smallConfig } from './testing.ts'

const short = { epochs: 1, modelOptions: { filters: [4, 4, 4], convolutions: 2, dense: 8 } }

test.each([['cnn', short], ['residual-cnn', { epochs: 1, modelOptions: { filters: [8, 8] } }]])('%s: the weights of a run are those without it, bit for bit, in both layouts', async (model, change) => {
  const hash = async (checkpoints: number, layout?: number): Promise<string | undefined> => (await record(smallConfig({ ...change, model, checkpoints }), layout === undefined ? {} : { layout })).outcome?.weightsHash
  for (const layout of [0, undefined]) {
    const plain = await hash(1, layout)
    expect(plain).toMatch(/\w/)
    expect(await hash(3, layout), String(layout)).toBe(plain)
  }
})

test('a deep network needs much less, and the estimate knows it', async () => {
  const deep = smallConfig({ model: 'residual-cnn', batch: 64, input: { ...smallConfig().input, height: 32, width: 32 } as TrainConfig['input'], modelOptions: { filters: [16], blocks: 8 }, dropout: 0 })
  for (const block of [0, 8]) {
    const peak = (checkpoints: number): number => runMemory(buildTrainStep({ ...deep, checkpoints }, 3, 64, null, block).graph).peak
    const plain = peak(1)
    expect(peak(4) / plain, `blocks of ${block}`).toBeLessThan(0.75)
    // More segments than there are places is no mistake.
    expect(peak(200)).toBeLessThan(1.1 * plain)
  }
  const [kept, again] = [await estimateMemory(deep, 3, 100), await estimateMemory({ ...deep, checkpoints: 4 }, 3, 100)]
  expect(again.step / kept.step).toBeLessThan(0.75)
})
