// The training step: its gradient by finite differences, padding, dropout masks, weight decay, and chained outputs.
import { expect, test } from 'vitest'
import type { TrainConfig } from '../contract/recipe.ts'
import { product } from '../layers/shapes.ts'
import { labelsOf, pixelsOf, shapes, smallConfig } from './testing.ts'
import { TrainStep } from './step.ts'

const BATCH = 6
const plain = smallConfig({ optimizer: 'sgd', lr: 1, dropout: 0, labelSmoothing: 0.1, modelOptions: { filters: [3], dense: 5, activation: 'elu' } })

async function prepared(config: TrainConfig): Promise<TrainStep> {
  const step = await TrainStep.create(config, 3, BATCH, { threads: 1 })
  const set = shapes(BATCH)
  set.fill([0, 1, 2, 3, 4, 5], step.buffers, null)
  step.rows.set([1, 1, 1, 1, 1, 0])
  step.masks.forEach((_, i) => { step.masks[i] = i % 5 === 0 ? 0 : 1 })
  return step
}

test.each([['without dropout', plain], ['with dropout', { ...plain, dropout: 0.25 }], ['MLP', { ...plain, model: 'mlp', modelOptions: { hidden: [5], activation: 'selu' } }]] as const)('SGD with learning rate 1 subtracts the gradient: finite differences, %s', async (_name, config) => {
  await using step = await prepared(config)
  const start = step.weights.slice()
  await step.run(1, 1)
  const gradient = start.map((v, i) => v - step.weights[i]!)
  const objective = async (w: Float32Array): Promise<number> => {
    step.load(w, {})
    return (await step.run(1, 0)).objective
  }
  // Two weights of each parameter: the largest slope and one in the middle.
  let at = 0
  for (const p of step.built.network.parameters) {
    const n = product(p.shape)
    const own = Array.from(gradient.subarray(at, at + n), Math.abs)
    for (const i of [at + own.indexOf(Math.max(...own)), at + (n >> 1)]) {
      const shifted = (by: number): Float32Array => start.map((v, j) => (j === i ? v + by : v))
      const slope = ((await objective(shifted(0.002))) - (await objective(shifted(-0.002)))) / 0.004
      expect(Math.abs(gradient[i]! - slope), `${p.name}: ${gradient[i]} against ${slope}`).toBeLessThan(1e-3 + 0.02 * Math.abs(slope))
    }
    at += n
  }
})

test('what padded rows hold has no influence, down to the bit', async () => {
  await using a = await prepared(smallConfig())
  await using b = await prepared(smallConfig())
  const size = pixelsOf(a).length / BATCH
  pixelsOf(b).fill(77, 5 * size)
  labelsOf(b)[5] = 2n
  expect(await a.run(1, 0.01)).toEqual(await b.run(1, 0.01))
  expect(a.weights).toEqual(b.weights)
})

test('loss sum and correct count are over real rows, without smoothing', async () => {
  await using step = await prepared({ ...plain, labelSmoothing: 0 })
  const full = await step.run(1, 0)
  expect(full.objective).toBeCloseTo(full.lossSum / 5, 5)
  let [sum, correct] = [0, 0]
  for (let i = 0; i < 5; i++) {
    step.rows.fill(0)
    step.rows[i] = 1
    const one = await step.run(1, 0)
    sum += one.lossSum
    correct += one.correct
  }
  expect(full.lossSum).toBeCloseTo(sum, 4)
  expect(full.correct).toBe(correct)
  await using smooth = await prepared(plain)
  expect((await smooth.run(1, 0)).lossSum).toBeCloseTo(full.lossSum, 5)
})

test('dropout masks reach the network: all kept is the plain network, scaled', async () => {
  await using step = await prepared({ ...plain, dropout: 0.5 })
  expect(step.built.masks.map((m) => [m.name, m.size, m.threshold])).toEqual([['dropout1', BATCH * 48, 128], ['dropout2', BATCH * 5, 128]])
  const some = (await step.run(1, 0)).objective
  step.masks.fill(1)
  const all = (await step.run(1, 0)).objective
  step.masks.fill(0)
  const none = (await step.run(1, 0)).objective
  expect(new Set([some, all, none]).size).toBe(3)
  // With everything dropped the logits are the head's bias, zero: the loss is that of a guess.
  expect(none).toBeCloseTo(Math.log(3), 5)
})

test('weight decay acts on weights and not on biases', async () => {
  await using without = await prepared({ ...plain, optimizer: 'adamw', weightDecay: 0 })
  await using with_ = await prepared({ ...plain, optimizer: 'adamw', weightDecay: 0.1 })
  const start = without.weights.slice()
  await without.run(1, 0.01)
  await with_.run(1, 0.01)
  let at = 0
  for (const p of without.built.network.parameters) {
    for (let i = at; i < at + product(p.shape); i++) {
      const expected = p.name.endsWith('bias') ? 0 : 0.01 * 0.1 * start[i]!
      expect(without.weights[i]! - with_.weights[i]!).toBeCloseTo(expected, 6)
    }
    at += product(p.shape)
  }
})

test('returned weights stay as they are when training goes on', async () => {
  await using step = await prepared(smallConfig())
  await step.run(1, 0.01)
  const [kept, copy] = [step.weights, step.weights.slice()]
  const state = step.optimizerState['m']!
  const stateCopy = state.slice()
  for (let t = 2; t < 6; t++) await step.run(t, 0.01)
  expect(kept).toEqual(copy)
  expect(state).toEqual(stateCopy)
  expect(step.weights).not.toEqual(copy)
})

test('weights of the wrong length are refused', async () => {
  await using step = await prepared(smallConfig())
  expect(() => { step.load(new Float32Array(3), {}) }).toThrow(/'weights' has 3 numbers/)
})
