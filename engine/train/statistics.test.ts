// Running statistics in training: moved by each step as the layer says, untouched by optimizer and padding, part of the checkpoint.
import { expect, test } from 'vitest'
import { inputOf } from '../contract/inputs/of.ts'
import { product } from '../layers/shapes.ts'
import { Evaluator } from './evaluate.ts'
import { TrainStep } from './step.ts'
import { CLASSES, measured, pixelsOf, record, shapes, smallConfig } from './testing.ts'

const BATCH = 6
const config = smallConfig({ model: 'cnn', modelOptions: { filters: [3, 4], dense: 0, norm: 'batch-norm' }, dropout: 0, weightDecay: 0.1, optimizer: 'adamw' })

async function prepared(fill: (step: TrainStep) => void = () => undefined): Promise<TrainStep> {
  const step = await TrainStep.create(config, 3, BATCH, { threads: 1 })
  const set = shapes(BATCH)
  set.fill([0, 1, 2, 3, 4, 5], step.buffers, null)
  step.rows.set([1, 1, 1, 1, 0, 0])
  fill(step)
  return step
}

/** Values of one parameter in the flat vector. */
function slice(step: TrainStep, name: string): number[] {
  let at = 0
  for (const p of step.built.network.parameters) {
    const n = product(p.shape)
    if (p.name === name) return Array.from(step.weights.subarray(at, at + n))
    at += n
  }
  throw new Error(`no parameter ${name}`)
}

test('the first step takes a tenth of the batch statistics of its real rows', async () => {
  await using step = await prepared()
  const [weight] = [slice(step, 'conv1.weight')]
  const pixels = pixelsOf(step)
  await step.run(1, 0.01)
  // The convolution by plain loops on normalised pixels, padding rows left out.
  const values: number[][] = [[], [], []]
  const { mean, std } = inputOf('image', config)
  for (let n = 0; n < 4; n++) for (let f = 0; f < 3; f++) for (let r = 0; r < 8; r++) for (let c = 0; c < 8; c++) {
    let sum = 0
    for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) {
      const [y, x] = [r + i - 1, c + j - 1]
      if (y >= 0 && y < 8 && x >= 0 && x < 8) sum += ((pixels[(n * 8 + y) * 8 + x]! / 255 - mean[0]!) / std[0]!) * weight[(f * 3 + i) * 3 + j]!
    }
    values[f]!.push(sum)
  }
  values.forEach((v, f) => {
    const m = v.reduce((a, b) => a + b, 0) / v.length
    const variance = v.reduce((a, b) => a + (b - m) ** 2, 0) / (v.length - 1)
    expect(slice(step, 'norm1.running_mean')[f]).toBeCloseTo(0.1 * m, 4)
    expect(slice(step, 'norm1.running_var')[f]).toBeCloseTo(0.9 + 0.1 * variance, 4)
  })
})

test('what padded rows hold has no influence, down to the bit', async () => {
  await using a = await prepared()
  await using b = await prepared((step) => { pixelsOf(step).fill(77, 4 * 64) })
  for (let t = 1; t < 3; t++) expect(await a.run(t, 0.01)).toEqual(await b.run(t, 0.01))
  expect(a.weights).toEqual(b.weights)
})

test('with a learning rate of 0 only the statistics move', async () => {
  await using step = await prepared()
  const before = step.weights.slice()
  await step.run(1, 0)
  const { trainable, size } = step.built.network
  expect(step.weights.subarray(0, trainable)).toEqual(before.subarray(0, trainable))
  expect(size).toBeGreaterThan(trainable)
  for (let i = trainable; i < size; i++) expect(step.weights[i]).not.toBe(before[i])
})

test('a run that was interrupted in mid-epoch goes on with the same statistics, and inference uses them', async () => {
  const whole = await record(config, { classes: CLASSES })
  expect(whole.error).toBeNull()
  let steps = 0
  const first = await record(config, { classes: CLASSES, signals: { control: () => (++steps >= 9 ? 'pause' : 'run') } })
  expect(first.outcome?.status).toBe('paused')
  const rest = await record(config, { classes: CLASSES, resume: first.saved.at(-1)!.state })
  expect(rest.outcome?.weightsHash).toBe(whole.outcome?.weightsHash)
  const all = measured(whole)
  for (const [name, value] of Object.entries(measured(rest))) expect(all[name], name).toBe(value)

  await using evaluator = await Evaluator.create(config, 3, { threads: 1 })
  const { weights } = whole.outcome!.state
  const forgotten = weights.slice()
  await using step = await prepared()
  forgotten.set(step.built.network.initialWeights(1).subarray(step.built.network.trainable), step.built.network.trainable)
  const set = shapes(40, 3)
  expect((await evaluator.run(weights, set)).loss).toBeLessThan((await evaluator.run(forgotten, set)).loss)
}, 30_000)
