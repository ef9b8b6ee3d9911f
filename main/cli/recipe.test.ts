import { expect, test } from 'vitest'
import type { Commands } from '../../engine/contract/commands.ts'
import { config } from '../../test/support/project.ts'
import { configured } from './recipe.ts'

const named = (name: string) => ({ name, title: '', description: '' })
const catalog: Commands['catalog']['result'] = { tasks: [], models: [], methods: [], samples: [], formats: [], losses: [], initializers: [], optimizers: [named('sgd'), named('adam')], schedules: [named('constant'), named('cosine')] }
const augment = { shift: 0.1, rotate: 5, scale: 0, shear: 0, flipHorizontal: false, flipVertical: false }

test('flags and settings replace values of the recipe, inside objects too, and leave the rest', () => {
  const recipe = { ...config, augment }
  expect(configured(recipe, { flags: { epochs: 7 }, set: ['augment.rotate=10', 'dropout=0.5', 'schedule=cosine', 'earlyStopping={"monitor":"val/loss","patience":3,"minDelta":0}', 'modelOptions.widths=[32,16]'] }, catalog)).toEqual({
    ...config,
    epochs: 7,
    dropout: 0.5,
    schedule: 'cosine',
    augment: { ...augment, rotate: 10 },
    earlyStopping: { monitor: 'val/loss', patience: 3, minDelta: 0 },
    modelOptions: { widths: [32, 16] },
  })
  expect(configured(recipe, { flags: {}, set: ['augment=null'] }, catalog).augment).toBeNull()
  expect(recipe.augment.rotate).toBe(5)
})

test.each([
  ['epoch=3', /no setting epoch: expected one of task, model/],
  ['augment.spin=3', /no setting augment.spin/],
  ['dropout=2', /^dropout: .*found 2/],
  ['dropout=much', /^dropout: .*found "much"/],
  ['seed=-1', /^seed: /],
  ['__proto__.polluted=1', /no setting __proto__/],
  ['modelOptions.constructor.prototype.x=1', /no setting constructor/],
  ['dropout.x=1', /no setting/],
  ['optimizer=lion', /--optimizer: expected sgd or adam, found "lion"/],
])('%s is refused in words', (set, text) => {
  expect(() => configured({ ...config, augment }, { flags: {}, set: [set] }, catalog)).toThrow(text)
})
