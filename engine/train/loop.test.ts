// What the loop tells, keeps and refuses.
import { expect, test } from 'vitest'
import { LatheError } from '../contract/errors.ts'
import { network } from '../models/network.ts'
import { CLASSES, imageSet, measured, record, shapes, smallConfig } from './testing.ts'
import type { LoopEvent } from './types.ts'
import { weightsHash } from './weights-hash.ts'

const config = smallConfig()
const named = (events: readonly LoopEvent[], name: string): number[] => events.flatMap((e) => (e.type === 'metrics' ? e.points : [])).filter((p) => p.name === name && Number.isInteger(p.epoch)).map((p) => p.value)

test('learns the shapes, and says so in events of the right order', async () => {
  const r = await record(smallConfig({ epochs: 15 }))
  expect(r.error).toBeNull()
  expect(r.events[0]).toMatchObject({ type: 'started', resumedAtStep: 0, parameters: network(config, 3).size })
  expect(r.events.at(-1)).toEqual({ type: 'ended', status: 'finished' })
  expect(r.events.filter((e) => e.type === 'ended')).toHaveLength(1)
  for (const name of ['train/loss', 'train/accuracy', 'val/loss', 'val/accuracy', 'train/lr', 'train/throughput', 'train/seconds']) expect(named(r.events, name), name).toHaveLength(15)
  const losses = named(r.events, 'val/loss')
  expect(losses.at(-1)!).toBeLessThan(losses[0]! / 2)
  expect(r.outcome?.metrics['val/accuracy']).toBeGreaterThan(0.9)
  expect(r.events.filter((e) => e.type === 'progress').at(-1)).toMatchObject({ progress: { step: 90, steps: 90, epoch: 15, epochs: 15, etaSeconds: 0 } })
})

test('keeps the best by validation loss and the last of each epoch', async () => {
  const r = await record(smallConfig({ epochs: 8, lr: 0.03, schedule: 'constant' }))
  const losses = named(r.events, 'val/loss')
  const improving = losses.map((v, i) => (v < Math.min(Infinity, ...losses.slice(0, i)) ? i + 1 : 0)).filter((epoch) => epoch > 0)
  expect(r.saved.filter((s) => s.kind === 'best').map((s) => s.info.epoch)).toEqual(improving)
  expect(r.saved.filter((s) => s.kind === 'last' && s.info.step % 6 === 0).map((s) => s.info.epoch)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
  expect(r.outcome?.metrics['best/val/loss']).toBe(Math.min(...losses))
  const best = r.saved.filter((s) => s.kind === 'best').at(-1)!
  expect(best.info.weightsHash).toBe(weightsHash(best.state.parameters, best.state.weights))
})

test('padding of the last batch does not count: samples seen are the labelled ones', async () => {
  const seven = await record(smallConfig({ epochs: 1, batch: 4, augment: null, dropout: 0, lr: 1e-9, schedule: 'constant' }), { train: shapes(7), val: shapes(7) })
  // With a learning rate of next to nothing the epoch's mean is that of the set itself, without padding and unlabelled rows.
  expect(named(seven.events, 'train/loss')[0]).toBeCloseTo(named(seven.events, 'val/loss')[0]!, 5)
  expect(named(seven.events, 'train/accuracy')[0]).toBe(named(seven.events, 'val/accuracy')[0])
})

test('stop ends with status stopped and a best checkpoint even before the first epoch is over', async () => {
  let asked = 0
  const r = await record(config, { signals: { control: () => (++asked > 2 ? 'stop' : 'run') } })
  expect(r.outcome).toMatchObject({ status: 'stopped', epochs: 0, steps: 3 })
  expect(r.saved.map((s) => [s.kind, s.info.step])).toEqual([['last', 0], ['best', 3], ['last', 3]])
  expect(r.events.at(-1)).toEqual({ type: 'ended', status: 'stopped' })
})

test('cancel gives up without a further checkpoint', async () => {
  let asked = 0
  const r = await record(config, { signals: { control: () => (++asked > 2 ? 'cancel' : 'run') } })
  expect(r.error).toMatchObject({ kind: 'cancelled' })
  expect(r.saved.map((s) => s.info.step)).toEqual([0])
  expect(r.events.at(-1)).toMatchObject({ type: 'ended', status: 'stopped' })
})

test('a learning rate of 1e6 is named as the cause, and the last good checkpoint is kept', async () => {
  const r = await record(smallConfig({ optimizer: 'sgd', lr: 1e6, schedule: 'constant' }), { checkpointEveryMs: 0 })
  expect(r.error).toBeInstanceOf(LatheError)
  const error = r.error as LatheError
  expect(error.kind).toBe('diverged')
  expect(error.message).toMatch(/diverged at step \d+ \(epoch 1\): .*(output of|weight|bias|loss).* the checkpoint of step \d+ is kept\. Lower the learning rate from 1000000 to 100000/)
  expect(error.details).toMatchObject({ epoch: 1, suggestedLr: 100000 })
  expect(r.saved.length).toBeGreaterThan(0)
  for (const s of r.saved) expect(s.state.weights.every(Number.isFinite)).toBe(true)
  expect(r.events.at(-1)).toMatchObject({ type: 'ended', status: 'failed', error: { kind: 'diverged' } })
})

test('a loss that explodes without NaN is divergence too', async () => {
  const r = await record(smallConfig({ optimizer: 'adamw', lr: 1e6, schedule: 'constant' }), { checkpointEveryMs: 0 })
  expect(r.error).toMatchObject({ kind: 'diverged', message: expect.stringMatching(/diverged at step \d+ .*Lower the learning rate from 1000000 to 100000/) as unknown })
  expect(r.events.at(-1)).toMatchObject({ type: 'ended', status: 'failed' })
})

test.each([
  ['no labels', () => imageSet(new Uint8Array(64 * 4), Int32Array.of(-1, -1, -1, -1)), /no labelled samples \(4 samples in it\); label some/],
  ['no samples', () => imageSet(new Uint8Array(0), new Int32Array(0)), /no labelled samples/],
  ['one class', () => imageSet(new Uint8Array(64 * 4), Int32Array.of(1, 1, -1, 1)), /of one class, 'standing'; a classifier needs at least two/],
] as const)('refuses a set with %s before anything starts', async (_what, make, message) => {
  const r = await record(config, { train: make() })
  expect(r.error).toMatchObject({ kind: 'data' })
  expect((r.error as Error).message).toMatch(message)
  expect(r.saved).toEqual([])
  expect(r.events).toEqual([expect.objectContaining({ type: 'ended', status: 'failed' })])
})

test('warns of classes without samples or with one, and of missing validation data', async () => {
  const few = imageSet(new Uint8Array(64 * 5), Int32Array.of(0, 0, 0, 2, 0))
  const r = await record(smallConfig({ epochs: 1 }), { train: few, val: null })
  const warnings = r.events.flatMap((e) => (e.type === 'warning' ? [e.message] : []))
  expect(warnings).toEqual([expect.stringMatching(/no training samples of class 'standing'/), expect.stringMatching(/only one training sample of class 'square'/), expect.stringMatching(/no labelled validation samples/)])
  expect(r.outcome?.status).toBe('finished')
  expect(r.saved.some((s) => s.kind === 'best')).toBe(true)
  expect(Object.keys(measured(r)).some((name) => name.startsWith('val/'))).toBe(false)
})

test('a class name of any length or content is shortened in messages, not refused', async () => {
  const long = `<script>${'ü'.repeat(500)}`
  const r = await record(config, { classes: [long, ...CLASSES.slice(1)], train: imageSet(new Uint8Array(64 * 2), Int32Array.of(0, 0)) })
  expect((r.error as Error).message.length).toBeLessThan(250)
})

test('starts from the weights of another run, except where they do not fit', async () => {
  const first = await record(smallConfig({ epochs: 2 }))
  const from = first.outcome!.state
  const fits = await record(smallConfig({ epochs: 1, lr: 1e-9, seed: 5 }), { from })
  expect(fits.saved[0]?.state.weights).toEqual(from.weights)
  const more = await record(smallConfig({ epochs: 1 }), { from, classes: [...CLASSES, 'fourth'] })
  const warnings = more.events.flatMap((e) => (e.type === 'warning' ? [e.message] : []))
  expect(warnings.join()).toMatch(/new at random, because nothing there fits: head\.weight \[16, 4\], head\.bias \[4\]/)
  const other = await record(smallConfig({ epochs: 1, modelOptions: { filters: [5, 6], dense: 7 } }), { from: { parameters: [{ name: 'x', shape: [2] }], weights: new Float32Array(2) } })
  expect(other.error).toMatchObject({ kind: 'conflict' })
})

test('events can be told while it runs: control is asked at every step', async () => {
  let asked = 0
  await record(config, { signals: { control: () => (asked++, 'run') } })
  expect(asked).toBeGreaterThanOrEqual(24)
})

test('unknown names are refused before anything is saved', async () => {
  for (const change of [{ optimizer: 'magic' }, { schedule: 'magic' }, { model: 'magic' }, { initializer: 'magic' }, { modelOptions: { magic: 1 } }, { scheduleOptions: { magic: 1 } }, { earlyStopping: { monitor: 'val/magic', patience: 1, minDelta: 0 } }]) {
    const r = await record(smallConfig(change))
    expect(r.error, JSON.stringify(change)).toMatchObject({ kind: 'usage' })
    expect((r.error as Error).message).toMatch(/magic/)
    expect(r.saved).toEqual([])
  }
})
