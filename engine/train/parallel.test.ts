// The step in two parts against the whole one: the same up to rounding whatever the recipe does to a batch, the same bits every time, exact to resume.
import { expect, test } from 'vitest'
import { LatheError } from '../contract/errors.ts'
import type { TrainConfig } from '../contract/recipe.ts'
import { trainTokenizer } from '../tokenize/train.ts'
import { buildParallelStep } from './parallel-graph.ts'
import { placeOf } from './place.ts'
import { TrainStep } from './step.ts'
import { record, shapes, smallConfig } from './testing.ts'

const TWO = { workers: 2 } as const
/** More than one layer with masks. */
const config = smallConfig({ modelOptions: { filters: [8, 16], convolutions: 1, dense: 16 }, batch: 16, epochs: 3 })

const distance = (a: Float32Array, b: Float32Array): number => Math.sqrt(a.reduce((sum, v, i) => sum + (v - b[i]!) ** 2, 0) / a.reduce((sum, v) => sum + v * v, 1e-30))

const cases: [string, Partial<TrainConfig>, { readonly batch?: number; readonly rows?: number; readonly classWeights?: readonly number[] }][] = [
  ['a full batch with dropout, smoothing and class weights', {}, { classWeights: [0.5, 1, 3] }],
  ['a last batch whose second part is short', {}, { rows: 11 }],
  ['a last batch whose second part is empty', {}, { rows: 5 }],
  ['a batch that does not halve', { batch: 9 }, { batch: 9 }],
  ['clipping by norm, accumulation and an average of weights', { accumulate: 2, clipNorm: 0.2, averaging: { kind: 'ema', decay: 0.9 } }, {}],
  ['decay, L1, max-norm and momentum that moves', { optimizer: 'adamw', weightDecay: 0.01, l1: 1e-3, maxNorm: 1, schedule: 'one-cycle' }, {}],
]

test.each(cases)('%s', async (_name, change, { batch = 16, rows = batch, classWeights = null }) => {
  const recipe = { ...config, ...change }
  await using whole = await TrainStep.create(recipe, 3, batch, { workers: 1, classWeights })
  await using parts = await TrainStep.create(recipe, 3, batch, { workers: 2, classWeights })
  expect([whole.form.workers, parts.form.workers]).toEqual([1, 2])
  const set = shapes(batch)
  for (const step of [whole, parts]) {
    set.fill(Array.from({ length: batch }, (_, i) => i), step.buffers, null)
    step.rows.fill(1).fill(0, rows)
    step.masks.forEach((_, i) => { step.masks[i] = i % 5 === 0 ? 0 : 1 })
  }
  const objectives: number[] = []
  for (let t = 0; t < 6; t++) {
    const place = placeOf(recipe, { epoch: 0, stepInEpoch: t }, { perEpoch: 6, count: 6 * batch, batch })
    const [a, b] = [await whole.run(place, 0.003), await parts.run(place, 0.003)]
    expect(Math.abs(b.objective / a.objective - 1)).toBeLessThan(1e-5)
    expect(Math.abs(b.lossSum / a.lossSum - 1)).toBeLessThan(1e-5)
    expect(b.correct).toBe(a.correct)
    objectives.push(a.objective)
  }
  expect(new Set(objectives).size).toBeGreaterThan(2)
  expect(distance(whole.weights, parts.weights)).toBeLessThan(1e-4)
  for (const [name, vector] of Object.entries(whole.optimizerState)) expect(distance(vector, parts.optimizerState[name]!), name).toBeLessThan(1e-3)
})

test('masks of weights are those of the whole batch', async () => {
  const tokenizer = trainTokenizer('character', ['abcdef'], { special: ['start'] })
  const recipe = { ...config, task: 'language-model', model: 'language-lstm', modelOptions: { embedding: 5, units: 16, weightDropout: 0.5 }, input: { kind: 'language' as const, tokenizer, length: 6 }, labelSmoothing: 0, augment: null }
  await using whole = await TrainStep.create(recipe, 0, 16, { workers: 1 })
  await using parts = await TrainStep.create(recipe, 0, 16, TWO)
  expect(parts.form.workers).toBe(2)
  const losses: number[] = []
  for (const step of [whole, parts]) {
    const { ids, length, next } = step.buffers as Record<string, BigInt64Array>
    ids!.forEach((_, i) => { ids![i] = BigInt(i % 6) })
    next!.forEach((_, i) => { next![i] = BigInt((i + 1) % 6) })
    length!.fill(6n)
    step.rows.fill(1)
    step.masks.forEach((_, i) => { step.masks[i] = i % 3 === 0 ? 0 : 1 })
    for (let t = 0; t < 3; t++) losses.push((await step.run(placeOf(recipe, { epoch: 0, stepInEpoch: t }, { perEpoch: 3, count: 48, batch: 16 }), 0.01)).objective)
  }
  losses.slice(0, 3).forEach((loss, t) => { expect(losses[t + 3]).toBeCloseTo(loss, 4) })
  expect(distance(whole.weights, parts.weights)).toBeLessThan(1e-4)
})

test('a run in parts gives the same bits every time, names its form, and resumes exactly in mid-epoch', async () => {
  const whole = await record(config, { ...TWO, checkpointEveryMs: 0 })
  expect(whole.error).toBeNull()
  expect(whole.outcome?.state.position).toMatchObject({ workers: 2 })
  expect((await record(config, TWO)).outcome?.weightsHash).toBe(whole.outcome?.weightsHash)
  const saved = whole.saved.filter((s) => s.kind === 'last')
  for (const at of [1, saved.length - 2]) {
    const resumed = await record(config, { resume: saved[at]!.state })
    expect(resumed.outcome?.weightsHash).toBe(whole.outcome?.weightsHash)
    expect(resumed.outcome?.state.optimizer).toEqual(whole.outcome?.state.optimizer)
  }
})

test('what is lost in a part ends the run as ever, with the layer and the step named', async () => {
  const { error } = await record({ ...config, lr: 1e30, optimizer: 'sgd', schedule: 'constant' }, TWO)
  expect(error).toBeInstanceOf(LatheError)
  expect((error as LatheError).kind).toBe('diverged')
  expect((error as LatheError).message).toMatch(/step/)
})

test('what looks at the whole batch is not cut', async () => {
  expect(buildParallelStep(config, 3, 16, 2, null, 0)).not.toBeNull()
  expect(buildParallelStep(config, 3, 1, 2, null, 0)).toBeNull()
  const normed = { ...config, modelOptions: { ...config.modelOptions, norm: 'batch-norm' } }
  expect(buildParallelStep(normed, 3, 16, 2, null, 0)).toBeNull()
  await using step = await TrainStep.create(normed, 3, 16, TWO)
  expect(step.form.workers).toBe(1)
})
