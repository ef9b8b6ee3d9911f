// Reasons of recipes: the facts of the data stand in them, and classes that differ much in size are weighed.
import { expect, test } from 'vitest'
import { smallConfig } from '../../train/testing.ts'
import { balanced, recipeReasons } from './reasons.ts'

const data = { samples: 900, classes: ['a', 'b', 'c'], counts: [800, 90, 10], height: 28, width: 20, channels: 1 } as const

test('weights of classes where one has four times the samples of another, and where its loss can weigh', () => {
  expect(balanced(smallConfig(), data).classWeights).toBe('balanced')
  expect(balanced(smallConfig(), { ...data, counts: [400, 300, 200] }).classWeights).toBeNull()
  // A class without samples is no output, so it counts for nothing.
  expect(balanced(smallConfig(), { ...data, counts: [400, 300, 0] }).classWeights).toBeNull()
  expect(balanced(smallConfig({ loss: 'focal' }), data).classWeights).toBeNull()
  expect(balanced(smallConfig({ task: 'image-multilabel' }), data).classWeights).toBeNull()
})

test('each setting says what of the data it goes back to', () => {
  const config = balanced(smallConfig({ epochs: 5, batch: 100 }), data)
  const why = Object.fromEntries(recipeReasons(config, data).map(({ setting, value, why: text }) => [setting, `${value}: ${text}`]))
  expect(why['batch']).toContain('900 samples to learn from make 9 updates an epoch')
  expect(why['epochs']).toContain('45 updates in all, each sample seen 5 times')
  expect(why['input']).toContain('the median picture is 28 × 20, and all are grey')
  expect(why['classWeights']).toMatch(/^balanced: 10 samples of 'c' and 800 of 'a'/)
  expect(why['regularisation']).toContain('dropout 0.25')
  expect(why['augment']).toContain('shift')
  const off = recipeReasons({ ...config, classWeights: null, augment: null }, data)
  expect(off.find((r) => r.setting === 'classWeights')?.why).toContain('turned off')
  expect(off.find((r) => r.setting === 'augment')?.value).toBe('off')
})
