// Options of the step: accumulation against one large batch, clipping, L1, max-norm, averages of weights, class weights.
import { expect, test } from 'vitest'
import { trainConfig, type TrainConfig } from '../contract/recipe.ts'
import { product } from '../layers/shapes.ts'
import { classWeights } from './class-weights.ts'
import { placeOf } from './place.ts'
import { readPosition, startPosition } from './position.ts'
import { TrainStep } from './step.ts'
import { labelsOf, pixelsOf, record, shapes, smallConfig, throughStorage } from './testing.ts'

const plain = smallConfig({ optimizer: 'sgd', lr: 1, dropout: 0, labelSmoothing: 0, augment: null, modelOptions: { filters: [3], dense: 5, activation: 'elu' } })
const set = shapes(12)

/** A step with samples `from` to `to` in its buffers, padded. */
async function prepared(config: TrainConfig, batch: number, perClass: readonly number[] | null = null): Promise<TrainStep> {
  const step = await TrainStep.create(config, 3, batch, { threads: 1, classWeights: perClass })
  fill(step, 0, batch)
  return step
}

function fill(step: TrainStep, from: number, to: number): void {
  const indices = Int32Array.from({ length: to - from }, (_, i) => from + i)
  pixelsOf(step).fill(0)
  labelsOf(step).fill(0n)
  step.rows.fill(0)
  set.fill(indices, step.buffers, null)
  indices.forEach((s, i) => {
    labelsOf(step)[i] = BigInt(set.labels[s]!)
    step.rows[i] = 1
  })
}

/** Weights before minus after one step of SGD with rate 1: what the optimizer took for the gradient. */
async function gradientOf(change: Partial<TrainConfig>, perClass: readonly number[] | null = null): Promise<{ gradient: Float32Array; start: Float32Array; step: TrainStep }> {
  const step = await prepared({ ...plain, ...change }, 6, perClass)
  const start = step.weights
  await step.run(1, 1)
  return { start, gradient: start.map((v, i) => v - step.weights[i]!), step }
}

const norm = (v: Float32Array): number => Math.sqrt(v.reduce((a, b) => a + b * b, 0))

test('accumulated gradients make the update of one large batch, the short last batch included', async () => {
  await using large = await prepared({ ...plain, optimizer: 'adam' }, 11)
  await large.run(1, 0.01)
  const config = { ...plain, optimizer: 'adam', accumulate: 3 }
  await using parts = await prepared(config, 4)
  const start = parts.weights
  const shape = { perEpoch: 3, count: 11, batch: 4 }
  for (let i = 0; i < 3; i++) {
    fill(parts, 4 * i, Math.min(11, 4 * i + 4))
    if (i > 0) expect(parts.weights).toEqual(start)
    await parts.run(placeOf(config, { epoch: 0, stepInEpoch: i }, shape), 0.01)
  }
  large.weights.forEach((w, i) => { expect(parts.weights[i]).toBeCloseTo(w, 5) })
  expect(parts.optimizerState['gradient_sum']!.every((v) => v === 0)).toBe(true)
})

test('places: groups end with the epoch, shares add up to 1', () => {
  const config = smallConfig({ accumulate: 4 })
  const places = [0, 1, 2, 3, 4, 5].map((stepInEpoch) => placeOf(config, { epoch: 1, stepInEpoch }, { perEpoch: 6, count: 44, batch: 8 }))
  expect(places.map((p) => p.update)).toEqual([3, 3, 3, 3, 4, 4])
  expect(places.map((p) => p.apply)).toEqual([0, 0, 0, 1, 0, 1])
  expect(places.map((p) => p.share)).toEqual([0.25, 0.25, 0.25, 0.25, 8 / 12, 4 / 12])
  // Without accumulation every step is an update.
  expect(placeOf({ ...config, accumulate: 1 }, { epoch: 1, stepInEpoch: 2 }, { perEpoch: 6, count: 44, batch: 8 })).toEqual({ update: 9, share: 1, apply: 1, keep: 0, take: 1, momentum: config.momentum, momentum_before: config.momentum })
})

test('clipping by norm keeps the direction, by value cuts each entry, and neither touches what is small', async () => {
  const { gradient: free } = await gradientOf({})
  const { gradient: short } = await gradientOf({ clipNorm: 0.1 })
  expect(norm(short)).toBeCloseTo(0.1, 4)
  short.forEach((v, i) => { expect(v).toBeCloseTo((free[i]! * 0.1) / norm(free), 5) })
  const limit = 0.02
  expect(free.some((v) => Math.abs(v) > limit)).toBe(true)
  const { gradient: cut } = await gradientOf({ clipValue: limit })
  cut.forEach((v, i) => { expect(v).toBeCloseTo(Math.max(-limit, Math.min(limit, free[i]!)), 5) })
  const { gradient: same } = await gradientOf({ clipNorm: 1e3, clipValue: 1e3 })
  same.forEach((v, i) => { expect(v).toBeCloseTo(free[i]!, 5) })
})

test('L1 adds the sign of weights and spares biases', async () => {
  const [{ gradient: free }, { gradient, start, step }] = [await gradientOf({}), await gradientOf({ l1: 0.05 })]
  let at = 0
  for (const p of step.built.network.parameters) {
    for (let i = at; i < at + product(p.shape); i++) expect(gradient[i]! - free[i]!).toBeCloseTo(p.name.endsWith('bias') ? 0 : 0.05 * Math.sign(start[i]!), 5)
    at += product(p.shape)
  }
})

test('max-norm: no unit has longer weights, shorter ones stay', async () => {
  const most = 0.8
  const [{ step: free }, { step: limited }] = [await gradientOf({}), await gradientOf({ maxNorm: most })]
  let at = 0
  let cut = 0
  for (const p of free.built.network.parameters) {
    const n = product(p.shape)
    const units = p.shape.length === 2 ? p.shape[1]! : p.shape[0]!
    const members = (unit: number): number[] => Array.from({ length: n }, (_, i) => i).filter((i) => (p.shape.length === 2 ? i % units : Math.floor(i / (n / units))) === unit)
    for (let unit = 0; unit < units; unit++) {
      const mine = members(unit)
      const length = norm(Float32Array.from(mine, (i) => free.weights[at + i]!))
      const scale = p.name.endsWith('bias') || length <= most ? 1 : most / length
      if (scale < 1) cut++
      for (const i of mine) expect(limited.weights[at + i]).toBeCloseTo(free.weights[at + i]! * scale, 5)
    }
    at += n
  }
  expect(cut).toBeGreaterThan(2)
})

test('exponential average: the formula, and what is used and saved is the average', async () => {
  const config = { ...plain, averaging: { kind: 'ema' as const, decay: 0.5 } }
  await using step = await prepared(config, 6)
  let average = Float64Array.from(step.weights)
  for (let t = 1; t <= 12; t++) {
    await step.run(placeOf(config, { epoch: 0, stepInEpoch: t - 1 }, { perEpoch: 20, count: 120, batch: 6 }), 0.05)
    const decay = Math.min(0.5, (1 + t) / (10 + t))
    average = average.map((a, i) => decay * a + (1 - decay) * step.iterate[i]!)
  }
  average.forEach((a, i) => { expect(step.weights[i]).toBeCloseTo(a, 5) })
  expect(step.weights).not.toEqual(step.iterate)
  expect(Object.keys(step.optimizerState)).toEqual(['iterate'])
  await using other = await prepared(config, 6)
  other.load(step.weights, step.optimizerState)
  expect([other.weights, other.iterate]).toEqual([step.weights, step.iterate])
})

test('SWA of a run is the mean of the weights at the ends of its last epochs', async () => {
  const base = smallConfig({ epochs: 4, schedule: 'constant', lr: 0.02 })
  const ends = (await record(base)).saved.filter((s) => s.kind === 'last').slice(-2).map((s) => s.state.weights)
  const swa = await record({ ...base, averaging: { kind: 'swa', from: 0.5 } })
  const [a, b] = [ends[0]!, ends[1]!]
  swa.outcome!.state.weights.forEach((w, i) => { expect(w).toBeCloseTo((a[i]! + b[i]!) / 2, 6) })
  // Training itself is not changed by the average.
  expect(swa.outcome!.state.optimizer['iterate']).toEqual(b)
  // A checkpoint without the weights being trained cannot be resumed.
  const { iterate: _gone, ...rest } = swa.outcome!.state.optimizer
  expect((await record({ ...base, epochs: 5, averaging: { kind: 'swa', from: 0.5 } }, { resume: { ...throughStorage(swa.outcome!.state), optimizer: rest } })).error).toMatchObject({ kind: 'corrupt' })
})

test('class weights act on the gradient and not on the reported loss', async () => {
  const weights = [0, 1, 1]
  const { gradient, step } = await gradientOf({}, weights)
  await using without = await prepared(plain, 6)
  set.labels.subarray(0, 6).forEach((label, i) => { without.rows[i] = weights[label]! })
  const start = without.weights
  await without.run(1, 1)
  without.weights.forEach((w, i) => { expect(start[i]! - w).toBeCloseTo(gradient[i]!, 5) })
  const reported = async (s: TrainStep): Promise<number> => {
    s.load(start, {})
    fill(s, 0, 6)
    return (await s.run(1, 0)).lossSum
  }
  expect(await reported(step)).toBeCloseTo(await reported(without), 4)
})

test('balanced class weights are inverse to counts; lists of the wrong length are refused', () => {
  expect(classWeights({ classWeights: 'balanced' }, [10, 30, 0])).toEqual([2, 40 / 60, 0])
  expect(classWeights({ classWeights: null }, [1, 2])).toBeNull()
  expect(() => classWeights({ classWeights: [1, 2] }, [1, 2, 3])).toThrow(/2 weights for 3 classes/)
  expect(() => classWeights({ classWeights: [0, 0] }, [1, 2])).toThrow(/all are 0/)
})

test('recipes and positions stored before these options still parse', () => {
  const { scheduleOptions: _a, warmup: _b, accumulate: _c, clipNorm: _d, clipValue: _e, l1: _f, maxNorm: _g, averaging: _h, classWeights: _i, lossOptions: _j, checkpoints: _k, ...old } = plain
  expect(trainConfig.parse(JSON.parse(JSON.stringify(old)))).toEqual(plain)
  const { schedule: _s, ...stored } = startPosition(plain)
  expect(readPosition(stored, plain)).toEqual(startPosition(plain))
})

test('L-BFGS warns where it does not see all samples, and learns where it does', async () => {
  const noisy = await record(smallConfig({ epochs: 1, optimizer: 'lbfgs', lr: 0.05 }))
  expect(noisy.events.flatMap((e) => (e.type === 'warning' ? [e.message] : []))).toEqual([expect.stringMatching(/lbfgs works on all samples at once.*fewer than all samples and dropout and augmentation/)])
  const r = await record({ ...plain, model: 'mlp', modelOptions: { hidden: [8], activation: 'elu' }, optimizer: 'lbfgs', lr: 0.5, schedule: 'constant', batch: 44, epochs: 40 })
  expect(r.events.some((e) => e.type === 'warning')).toBe(false)
  expect(r.outcome?.metrics['train/loss']).toBeLessThan(0.1)
})
