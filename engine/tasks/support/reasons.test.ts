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
  expect(why).not.toHaveProperty('buckets')
  const off = recipeReasons({ ...config, classWeights: null, augment: null }, data)
  expect(off.find((r) => r.setting === 'classWeights')?.why).toContain('turned off')
  expect(off.find((r) => r.setting === 'augment')?.value).toBe('off')
})

test('lengths of batches: what they spare, or why there is one', () => {
  const lengths = Int32Array.from({ length: 400 }, (_, i) => 1 + (i % 40))
  const of = (changes: object, of: Int32Array = lengths) => recipeReasons(smallConfig({ epochs: 50, batch: 10, ...changes }), data, { lengths: of, full: 40 }).find((r) => r.setting === 'buckets')
  expect(of({ buckets: 2 })).toMatchObject({ value: '2', why: expect.stringMatching(/^batches are padded to about (19|20|21) or 40 tokens, as their texts need: 75 % of the tokens/) as string })
  expect(of({})?.why).toMatch(/^every batch is padded to 40 tokens, of which texts fill 51 %: more lengths would spare/)
  expect(of({}, lengths.map(() => 39))?.why).toContain('another length would spare less than it takes to compile')
})
