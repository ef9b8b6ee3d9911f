// Several steps in one run: the same weights, states, statistics and points as one by one, bit for bit, wherever a run is cut.
import { describe, expect, it, test } from 'vitest'
import type { TrainConfig } from '../contract/recipe.ts'
import { stepsPerRun } from './pace.ts'
import { placeOf } from './place.ts'
import { SeveralSteps } from './several-steps.ts'
import { TrainStep } from './step.ts'
import { measured, record, shapes, smallConfig, untimed } from './testing.ts'

const BATCH = 16
const TIMES = 3
const ROWS = { perEpoch: 6, count: 6 * BATCH - 5, batch: BATCH }

const cases: [string, Partial<TrainConfig>][] = [
  ['MLP with dropout, Adam', { model: 'mlp', modelOptions: { hidden: [96, 64] }, dropout: 0.25 }],
  ['blocked CNN with batch norm, momentum', { modelOptions: { filters: [16, 32], norm: 'batch-norm', dense: 0 }, optimizer: 'momentum' }],
  ['accumulation with moving averages', { accumulate: 2, averaging: { kind: 'ema', decay: 0.9 }, clipNorm: 0.5, optimizer: 'adamw', weightDecay: 0.01 }],
  ['one-cycle, which moves the momentum', { schedule: 'one-cycle', maxNorm: 1, l1: 1e-3 }],
]

const close = (await_: AsyncDisposable): Promise<void> => Promise.resolve(await_[Symbol.asyncDispose]())

describe.each(cases)('%s', (_name, change) => {
  it('gives the bits of single steps', async () => {
    const config = smallConfig({ batch: BATCH, ...change })
    const set = shapes(BATCH * 2 * TIMES)
    const single = await TrainStep.create(config, 3, BATCH, { threads: 1 })
    const other = await TrainStep.create(config, 3, BATCH, { threads: 1 })
    const several = await SeveralSteps.create(other, other.graph!, TIMES)
    const fill = (slot: { readonly buffers: TrainStep['buffers']; readonly rows: Float32Array; readonly masks: Uint8Array }, t: number): void => {
      set.fill(Array.from({ length: BATCH }, (_, i) => t * BATCH + i), slot.buffers, null)
      slot.rows.fill(1)
      if (t === 4) slot.rows.fill(0, BATCH - 5)
      slot.masks.forEach((_, i) => { slot.masks[i] = (i + t) % 4 === 0 ? 0 : 255 })
    }
    const at = (t: number): { place: ReturnType<typeof placeOf>; lr: number } => ({ place: placeOf(config, { epoch: 0, stepInEpoch: t }, ROWS), lr: 0.01 / (t + 1) })
    const [expected, found] = [[], []] as [unknown[], unknown[]]
    for (let t = 0; t < 2 * TIMES; t++) {
      fill(single, t)
      expected.push(await single.run(at(t).place, at(t).lr))
    }
    for (let run = 0; run < 2; run++) {
      const { slots, ...next } = several.runs[run]!
      slots.forEach((slot, k) => { fill(slot, run * TIMES + k) })
      next.start(slots.map((_, k) => at(run * TIMES + k)))
      found.push(...(await next.finish()))
    }
    expect(found).toEqual(expected)
    expect(other.weights).toEqual(single.weights)
    expect(other.optimizerState).toEqual(single.optimizerState)
    await Promise.all([single, other, several].map(close))
  }, 20_000)
})

test('a training whose layers thaw, in runs of four', async () => {
  const config = smallConfig({ modelOptions: { filters: [16, 16], norm: 'batch-norm', dense: 8 }, epochs: 3, freeze: '^(?!head)', unfreeze: [1, 2], optimizer: 'adamw', weightDecay: 0.01 })
  const [single, runs] = [await record(config, { stepsPerRun: 1 }), await record(config, { stepsPerRun: 4 })]
  expect([single.error, runs.error]).toEqual([null, null])
  expect(runs.outcome?.weightsHash).toBe(single.outcome?.weightsHash)
}, 30_000)

test('a training in runs of four, and one interrupted in between, is the training step by step', async () => {
  const config = smallConfig({ model: 'mlp', modelOptions: { hidden: [12] }, epochs: 3 })
  const whole = await record(config, { stepsPerRun: 1, checkpointEveryMs: 0 })
  const inRuns = await record(config, { stepsPerRun: 4, checkpointEveryMs: 0 })
  expect([whole.error, inRuns.error]).toEqual([null, null])
  // 6 steps an epoch: a run of four, then two by themselves.
  expect(inRuns.saved.filter((s) => s.kind === 'last').map((s) => s.info.step)).toEqual([0, 4, 5, 6, 10, 11, 12, 16, 17, 18])
  expect(inRuns.outcome?.weightsHash).toBe(whole.outcome?.weightsHash)
  expect(inRuns.outcome?.state.optimizer).toEqual(whole.outcome?.state.optimizer)
  expect(untimed(inRuns.outcome?.metrics ?? {})).toEqual(untimed(whole.outcome?.metrics ?? {}))
  expect(measured(inRuns)).toEqual(measured(whole))
  const resumed = await record(config, { stepsPerRun: 4, resume: whole.saved.filter((s) => s.kind === 'last')[7]!.state })
  expect(resumed.outcome?.weightsHash).toBe(whole.outcome?.weightsHash)
}, 20_000)

test('a run that diverges is gone through step by step to say where', async () => {
  const config = smallConfig({ model: 'mlp', modelOptions: { hidden: [12] }, optimizer: 'sgd', schedule: 'constant', lr: 1e20 })
  const [one, four] = [await record(config, { stepsPerRun: 1 }), await record(config, { stepsPerRun: 4 })]
  expect(one.error).toMatchObject({ kind: 'diverged' })
  expect(four.error).toEqual(one.error)
}, 20_000)

test('steps of a run: none of long steps, the fewer the longer they are', () => {
  expect([0.1, 0.6, 1.5, 1.9, 2, 30, Infinity].map(stepsPerRun)).toEqual([16, 16, 16, 12, 1, 1, 1])
})
