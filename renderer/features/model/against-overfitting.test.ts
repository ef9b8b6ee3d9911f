// Every remedy of the list is a switch that turns on, off again, and says what it trades.
import { expect, test } from 'vitest'
import { trainConfig, trainDefaults, type TrainConfig } from '../../../engine/contract/recipe.ts'
import { againstOverfitting } from './against-overfitting.ts'

const recipe = trainConfig.parse({ task: 'image-classification', model: 'cnn', modelOptions: {}, input: { kind: 'image', height: 8, width: 8, channels: 1, mean: [0.5], std: [0.5] }, epochs: 5, batch: 8, optimizer: 'adam', lr: 0.01, schedule: 'cosine', momentum: 0.9, weightDecay: 0, labelSmoothing: 0, dropout: 0, initializer: 'he-normal', seed: 1, augment: { shift: 0.1, rotate: 0, scale: 0, shear: 0, flipHorizontal: false, flipVertical: false }, earlyStopping: null, ...trainDefaults })
const options = { properties: { norm: { enum: ['none', 'batch-norm'], type: 'string' } } }
const rows = (config: TrainConfig, schema: Parameters<typeof againstOverfitting>[2] = options) => againstOverfitting(config, recipe, schema)

test('each turns on and off again, and both are recipes', () => {
  expect(rows(recipe).map((row) => row.id)).toEqual(['l1', 'l2', 'dropout', 'batchNorm', 'earlyStopping', 'augmentation', 'labelSmoothing', 'ensemble', 'swa'])
  for (const { id, on, turned, trades } of rows(recipe)) {
    expect(trades.length, id).toBeGreaterThan(40)
    const other = trainConfig.parse({ ...recipe, ...turned })
    const row = rows(other).find((one) => one.id === id)!
    expect(row.on, id).toBe(!on)
    expect(rows(trainConfig.parse({ ...other, ...row.turned })).find((one) => one.id === id)!.on, id).toBe(on)
  }
})

test('numbers are set beside their switch', () => {
  const members = rows({ ...recipe, ensemble: { by: 'seeds', count: 5, members: [] } }).find((row) => row.id === 'ensemble')!
  expect(members.number).toMatchObject({ value: 5, whole: true })
  expect(members.number!.set(3)).toEqual({ ensemble: { by: 'seeds', count: 3, members: [] } })
  expect(members.trades).toContain('5 networks')
})

test('weight dropout is offered where the network has it, and goes back to what the recipe says', () => {
  const schema = { properties: { weightDropout: { type: 'number', minimum: 0, maximum: 0.95 } } }
  const of = (modelOptions: TrainConfig['modelOptions'], from = recipe) => againstOverfitting({ ...recipe, modelOptions }, from, schema).find((row) => row.id === 'weightDropout')!
  const off = of({ units: 3 })
  expect([off.on, off.number, off.turned]).toEqual([false, null, { modelOptions: { units: 3, weightDropout: 0.5 } }])
  expect(of({ units: 3 }, { ...recipe, modelOptions: { weightDropout: 0.6 } }).turned).toEqual({ modelOptions: { units: 3, weightDropout: 0.6 } })
  const on = of({ units: 3, weightDropout: 0.6 })
  expect([on.on, on.number?.value, on.turned, on.number?.set(0.4)]).toEqual([true, 0.6, { modelOptions: { units: 3, weightDropout: 0 } }, { modelOptions: { units: 3, weightDropout: 0.4 } }])
})

test('what a network or task cannot have says so', () => {
  expect(rows(recipe, {}).find((row) => row.id === 'batchNorm')!.without).toContain('no choice')
  expect(rows({ ...recipe, task: 'object-detection' }).find((row) => row.id === 'ensemble')!.without).toContain('no mean')
  expect(rows({ ...recipe, ensemble: { by: 'snapshots', count: 3, members: [] } }).find((row) => row.id === 'earlyStopping')!.without).toContain('last epoch')
})
