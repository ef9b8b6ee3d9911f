// Tests of the draft of a run.
import { expect, test } from 'vitest'
import { trainDefaults, type TrainConfig } from '../../engine/contract/recipe.ts'
import { draftProblems, readDraft, rebase, sameValue } from './draft.ts'

const recipe: TrainConfig = {
  task: 'image-classification', model: 'cnn', modelOptions: { filters: [32, 64] }, input: { kind: 'image', height: 28, width: 28, channels: 1, mean: [0.1], std: [0.3] },
  epochs: 12, batch: 64, optimizer: 'adam', lr: 0.001, schedule: 'one-cycle', momentum: 0.9, weightDecay: 0, labelSmoothing: 0, dropout: 0.2, initializer: 'he', seed: 1, augment: null, earlyStopping: null, ...trainDefaults,
}

test('what was edited stays when the recipe changes, the rest follows it', () => {
  const edited = { ...recipe, epochs: 30 }
  const fresh = { ...recipe, lr: 0.01, input: { ...recipe.input, mean: [0.5] } }
  expect(rebase(recipe, edited, fresh)).toEqual({ ...fresh, epochs: 30 })
})

test('another model brings its own options, the edits of training stay', () => {
  const edited = { ...recipe, modelOptions: { filters: [8] }, batch: 32 }
  const mlp = { ...recipe, model: 'mlp', modelOptions: { hidden: [256] } }
  expect(rebase(recipe, edited, mlp)).toMatchObject({ model: 'mlp', modelOptions: { hidden: [256] }, batch: 32 })
  expect(rebase(recipe, edited, recipe).modelOptions).toEqual({ filters: [8] })
})

test('a stored draft is read back, anything else is nothing', () => {
  expect(readDraft(JSON.stringify({ recipe, config: { ...recipe, seed: 7 } }))?.config.seed).toBe(7)
  for (const text of [null, '', '{', '3', '{"recipe":{},"config":{}}', JSON.stringify({ recipe, config: { ...recipe, lr: null } })]) expect(readDraft(text)).toBeNull()
})

test('each wrong field has its sentence', () => {
  const problems = draftProblems({ ...recipe, epochs: 0, lr: 0, batch: 1.5, dropout: 2, seed: NaN, augment: { shift: 0.9, rotate: 0, scale: 0, shear: 0, flipHorizontal: false, flipVertical: false } })
  expect(problems).toEqual({ epochs: 'at least 1', lr: 'must be more than 0', batch: 'must be a whole number', dropout: 'at most 0.95', seed: 'must be a number', 'augment.shift': 'at most 0.5' })
  expect(draftProblems(recipe)).toEqual({})
})

test('values are compared by content, whatever the order of keys', () => {
  expect(sameValue({ a: 1, b: [2] }, { b: [2], a: 1 })).toBe(true)
  expect(sameValue([1, 2], [2, 1])).toBe(false)
})
