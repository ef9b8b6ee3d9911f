// What recipes may train with: every task's list is of real losses, a recipe's choice and its options are taken, and others are refused.
import { expect, test } from 'vitest'
import type { TrainConfig } from '../contract/recipe.ts'
import { losses } from '../losses/index.ts'
import { record, smallConfig } from '../train/testing.ts'
import { tasks } from './index.ts'
import { chosenLoss, withoutOptions } from './support/chosen-loss.ts'

test('every name is one of engine/losses, but for the own of a task that puts several together', () => {
  for (const [id, { losses: names }] of Object.entries(tasks)) {
    expect(new Set(names).size, id).toBe(names.length)
    for (const name of names.filter((n, i) => i > 0 || !n.includes(' '))) expect(Object.keys(losses), `${id}: ${name}`).toContain(name)
    expect(chosenLoss({ task: id, loss: null }, names)).toBe(names[0])
    expect(() => chosenLoss({ task: id, loss: 'hinge' }, names), id).toThrow(`loss 'hinge' does not serve ${id}; `)
  }
  expect(() => { withoutOptions({ lossOptions: { gamma: 1 } }, 'mse') }).toThrow('loss mse has no option \'gamma\': take lossOptions.gamma out')
})

test('a recipe trains with the loss that it names, smoothed and with its options', async () => {
  const run = async (change: Partial<TrainConfig>): Promise<Record<string, number>> => {
    const { outcome, error } = await record(smallConfig({ epochs: 6, augment: null, dropout: 0, ...change }))
    if (error) throw error as Error
    return { ...outcome?.metrics }
  }
  const [own, focal, softer] = [await run({}), await run({ loss: 'focal' }), await run({ loss: 'focal', lossOptions: { gamma: 0 } })]
  expect(focal['train/accuracy']).toBeGreaterThan(0.7)
  // Focal's terms are smaller than those of cross-entropy, which gamma 0 is.
  expect(focal['val/loss']).toBeLessThan(0.6 * own['val/loss']!)
  expect(softer['val/loss']).toBeCloseTo(own['val/loss']!, 3)
  await expect(run({ loss: 'mse' })).rejects.toThrow("loss 'mse' does not serve image-classification; use softmax-cross-entropy or focal")
  await expect(run({ loss: 'focal', lossOptions: { gama: 1 } })).rejects.toThrow(/loss Focal: .*gama/)
})
