// The parts of a run: evaluation, batches, masks, hash, monitors, meter.
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { Random } from '../data/random.ts'
import { network } from '../models/network.ts'
import { predictionsOf } from '../tasks/support/one-class.ts'
import { Batches } from './batches.ts'
import { afterEpoch } from './callbacks/early-stopping.ts'
import { firstBadParameter } from './callbacks/divergence.ts'
import { improves } from './callbacks/monitor.ts'
import { Evaluator } from './evaluate.ts'
import { dropThreshold, fillKeepMasks, keepScale } from './keep-masks.ts'
import { Meter } from './meter.ts'
import { imageSet, shapes, smallConfig } from './testing.ts'
import { weightsHash } from './weights-hash.ts'

const config = smallConfig()

test('evaluation: probabilities sum to 1, losses are −log of the label, whatever the batch', async () => {
  const weights = network(config, 3).initialWeights(1)
  const set = shapes(11)
  set.labels[4] = -1
  const of = async (batch: number) => {
    await using evaluator = await Evaluator.create(config, 3, { batch, threads: 1 })
    const inference = await evaluator.run(weights, set)
    return { ...predictionsOf(set, inference.outputs, 3), inference }
  }
  const one = await of(4)
  for (let i = 0; i < 11; i++) {
    const row = one.probabilities.subarray(i * 3, i * 3 + 3)
    expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5)
    expect(one.predicted[i]).toBe(row.indexOf(Math.max(...row)))
    if (i === 4) expect(one.losses[i]).toBeNaN()
    else expect(one.losses[i]).toBeCloseTo(-Math.log(row[set.labels[i]!]!), 4)
  }
  expect(one.inference.labelled).toBe(10)
  expect(one.inference.loss).toBeCloseTo(one.losses.reduce((a, b) => a + (Number.isNaN(b) ? 0 : b), 0), 4)
  expect(one.inference.correct).toBe(one.predicted.reduce((n, p, i) => n + (p === set.labels[i] ? 1 : 0), 0))
  const other = await of(11)
  one.probabilities.forEach((p, i) => { expect(other.probabilities[i]).toBeCloseTo(p, 6) })
})

test('evaluation refuses weights of another model and says how far it is', async () => {
  await using evaluator = await Evaluator.create(config, 3, { batch: 4, threads: 1 })
  await expect(evaluator.run(new Float32Array(5), shapes(3))).rejects.toMatchObject({ kind: 'corrupt' })
  const told: number[] = []
  await evaluator.run(network(config, 3).initialWeights(1), shapes(10), { onBatch: (done) => told.push(done) })
  expect(told).toEqual([4, 8, 10])
})

test('an epoch takes every labelled sample once, in an order of its own, and pads the last batch', () => {
  // Sample i is a picture of value i.
  const set = imageSet(Uint8Array.from({ length: 13 * 64 }, (_, i) => Math.floor(i / 64)), Int32Array.from({ length: 13 }, (_, i) => (i === 5 ? -1 : i % 3)))
  const plain = { ...config, augment: null }
  const batches = new Batches(set, plain, 8)
  expect([batches.count, batches.perEpoch]).toEqual([12, 2])
  const buffers = { batch: 8, buffers: { pixels: new Uint8Array(8 * 64), labels: new BigInt64Array(8) }, rows: new Float32Array(8), masks: new Uint8Array(0) }
  const orders = [0, 1].map((epoch) => [0, 1].flatMap((index) => {
    const n = batches.fill(buffers, epoch, index)
    expect(n).toBe(index === 0 ? 8 : 4)
    expect([...buffers.rows]).toEqual(Array.from({ length: 8 }, (_, i) => (i < n ? 1 : 0)))
    return Array.from({ length: n }, (_, i) => {
      expect(Number(buffers.buffers.labels[i])).toBe(buffers.buffers.pixels[i * 64]! % 3)
      return buffers.buffers.pixels[i * 64]!
    })
  }))
  for (const order of orders) expect([...order].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12])
  expect(orders[0]).not.toEqual(orders[1])
  // Any batch can be made without those before it.
  new Batches(set, plain, 8).fill(buffers, 1, 1)
  expect(Array.from({ length: 4 }, (_, i) => buffers.buffers.pixels[i * 64])).toEqual(orders[1]!.slice(8))
})

test('a sample is augmented differently in each epoch, and the same again for the same epoch', () => {
  const set = shapes(6)
  const batches = new Batches(set, config, 6)
  const make = (epoch: number): Uint8Array => {
    const buffers = { batch: 6, buffers: { pixels: new Uint8Array(6 * 64), labels: new BigInt64Array(6) }, rows: new Float32Array(6), masks: new Uint8Array(0) }
    batches.fill(buffers, epoch, 0)
    return buffers.buffers.pixels
  }
  expect(make(3)).toEqual(make(3))
  expect(make(3)).not.toEqual(make(4))
})

test('keep masks have the rate they say, in steps of 1/256', () => {
  for (const rate of [0.1, 0.25, 0.5, 0.95]) {
    const threshold = dropThreshold(rate)
    expect(Math.abs(threshold / 256 - rate)).toBeLessThanOrEqual(1 / 512)
    const out = new Uint8Array(40_001)
    fillKeepMasks(out, [{ name: 'a', size: 40_001, threshold }], new Random(1, 'dropout', 3))
    const kept = out.reduce((a, b) => a + b, 0) / out.length
    expect(Math.abs(kept * keepScale(threshold) - 1)).toBeLessThan(4 * Math.sqrt(rate / (1 - rate) / out.length))
  }
})

test('masks of several layers follow each other in one stream', () => {
  const out = new Uint8Array(10)
  fillKeepMasks(out, [{ name: 'all', size: 3, threshold: 0 }, { name: 'half', size: 7, threshold: 128 }], new Random(1, 'dropout', 0))
  expect([...out.subarray(0, 3)]).toEqual([1, 1, 1])
  const again = new Uint8Array(10)
  fillKeepMasks(again, [{ name: 'half', size: 10, threshold: 128 }], new Random(1, 'dropout', 0))
  expect([...out.subarray(3)]).toEqual([...again.subarray(3)])
})

test('weightsHash is SHA-256 over the parameters in name order, little-endian', () => {
  const expected = createHash('sha256')
  for (const v of [3, 4, 1, 2]) {
    const bytes = Buffer.alloc(4)
    bytes.writeFloatLE(v)
    expected.update(bytes)
  }
  const parameters = [{ name: 'b.weight', shape: [2, 1] }, { name: 'a.bias', shape: [2] }]
  expect(weightsHash(parameters, Float32Array.of(1, 2, 3, 4))).toBe(expected.digest('hex'))
  expect(() => weightsHash(parameters, new Float32Array(5))).toThrow(RangeError)
})

test('monitors: losses fall, the rest rises, by more than minDelta', () => {
  expect(improves('val/loss', 0.5, null)).toBe(true)
  expect(improves('val/loss', 0.5, 0.5)).toBe(false)
  expect(improves('val/loss', 0.45, 0.5, 0.1)).toBe(false)
  expect(improves('val/accuracy', 0.7, 0.5, 0.1)).toBe(true)
  expect(improves('val/accuracy', 0.5, 0.7)).toBe(false)
})

test('early stopping waits its patience and begins anew at an improvement', () => {
  const rule = { monitor: 'val/loss', patience: 2, minDelta: 0 }
  let state = { value: null as number | null, waited: 0, stopped: false }
  const stopped = [1, 0.9, 0.95, 0.8, 0.85, 0.81].map((v) => (state = afterEpoch(state, rule, 'val/loss', v)).stopped)
  expect(stopped).toEqual([false, false, false, false, false, true])
  expect(afterEpoch(state, null, 'val/loss', 5)).toBe(state)
})

test('the first parameter that is not finite is named', () => {
  const parameters = [{ name: 'a', shape: [2] }, { name: 'b', shape: [1, 2] }]
  expect(firstBadParameter(parameters, Float32Array.of(1, 2, 3, 4))).toBeNull()
  expect(firstBadParameter(parameters, Float32Array.of(1, 2, 3, Infinity))).toBe('b')
  expect(firstBadParameter(parameters, Float32Array.of(NaN, 2, 3, NaN))).toBe('a')
})

test('progress is told at most five times a second, with rate and time left', () => {
  const meter = new Meter(100, 10, 10, 0, 0)
  const told = Array.from({ length: 100 }, (_, i) => meter.count(32, i + 1, (i + 1) * 20)).filter((p) => p !== null)
  expect(told.length).toBeLessThanOrEqual(11)
  const middle = told.find((p) => p.step >= 50)!
  expect(middle.samplesPerSecond).toBeCloseTo(1600, -1)
  expect(middle.etaSeconds).toBeCloseTo((100 - middle.step) * 0.02, 5)
  expect(told.at(-1)).toMatchObject({ step: 100, etaSeconds: 0, epoch: 10 })
})
