// Exact resume in mid-epoch for every optimizer, every schedule and every option of the step, with dropout and augmentation on.
import { expect, test } from 'vitest'
import type { TrainConfig } from '../contract/recipe.ts'
import { optimizers } from '../optimizers/index.ts'
import { schedules } from '../schedules/index.ts'
import { measured, record, smallConfig, untimed } from './testing.ts'

// 44 samples, batches of 8: 6 steps an epoch, the last with 4 real rows.
const small: Partial<TrainConfig> = { epochs: 3, modelOptions: { filters: [3], dense: 6 } }
const LR: Readonly<Record<string, number>> = { adadelta: 1, sgd: 0.1, lbfgs: 0.05 }

const cases: [string, Partial<TrainConfig>][] = [
  ...Object.keys(optimizers).map((optimizer): [string, Partial<TrainConfig>] => [`optimizer ${optimizer}`, { optimizer, lr: LR[optimizer] ?? 0.01, weightDecay: 0.01 }]),
  ...Object.keys(schedules).map((schedule): [string, Partial<TrainConfig>] => [`schedule ${schedule}`, { schedule, optimizer: 'momentum', lr: 0.05, warmup: 0.5, scheduleOptions: schedule === 'plateau' ? { patience: 0, threshold: 0.2 } : {} }]),
  ['accumulation, clipping, L1, max-norm and balanced classes', { accumulate: 4, clipNorm: 0.5, clipValue: 0.1, l1: 1e-3, maxNorm: 1.5, classWeights: 'balanced' }],
  ['a momentum that moves, with accumulation', { schedule: 'one-cycle', optimizer: 'adamw', momentum: 0.95, accumulate: 4 }],
  ['exponential average', { averaging: { kind: 'ema', decay: 0.9 }, optimizer: 'nadam' }],
  ['gradual unfreezing under batch norm, with averages', { modelOptions: { filters: [3, 4], norm: 'batch-norm', dense: 6 }, freeze: '^(?!head)', unfreeze: [1, 2], averaging: { kind: 'ema', decay: 0.9 }, optimizer: 'adamw', weightDecay: 0.01, accumulate: 4 }],
  ['stochastic weight average with accumulation', { averaging: { kind: 'swa', from: 0.34 }, accumulate: 4, schedule: 'constant' }],
]

test.each(cases)('%s', async (_name, change) => {
  const config = smallConfig({ ...small, ...change })
  const whole = await record(config, { checkpointEveryMs: 0 })
  expect(whole.error).toBeNull()
  expect(whole.outcome?.steps).toBe(18)
  const last = whole.saved.filter((s) => s.kind === 'last')
  expect(last.map((s) => s.info.step)).toEqual(Array.from({ length: 19 }, (_, i) => i))
  for (const step of [3, 14]) {
    const resumed = await record(config, { resume: last[step]!.state })
    expect(resumed.error).toBeNull()
    expect(resumed.outcome?.weightsHash).toBe(whole.outcome?.weightsHash)
    expect(resumed.outcome?.state.optimizer).toEqual(whole.outcome?.state.optimizer)
    expect(resumed.outcome?.state.position['schedule']).toEqual(whole.outcome?.state.position['schedule'])
    expect(untimed(resumed.outcome?.metrics ?? {})).toEqual(untimed(whole.outcome?.metrics ?? {}))
    expect(measured(whole)).toMatchObject(measured(resumed))
  }
}, 30_000)

test('one-cycle moves the momentum of a run, unless it is told not to', async () => {
  const config = smallConfig({ ...small, schedule: 'one-cycle', optimizer: 'adam', momentum: 0.95 })
  const [moved, still] = [await record(config), await record({ ...config, scheduleOptions: { momentum: null } })]
  expect(moved.outcome?.weightsHash).not.toBe(still.outcome?.weightsHash)
  // Where the momentum cannot fall, moving it changes nothing but the last bits.
  const flat = await record({ ...config, scheduleOptions: { momentum: 0.95 } })
  const gap = Math.max(...flat.outcome!.state.weights.map((w, i) => Math.abs(w - still.outcome!.state.weights[i]!)))
  expect(gap).toBeLessThan(1e-5)
})

test('plateau was at work in its case: the rate fell on the way', async () => {
  const r = await record(smallConfig({ ...small, ...new Map(cases).get('schedule plateau') }))
  const rates = Object.entries(measured(r)).filter(([name]) => name.startsWith('train/lr@')).map(([, v]) => v)
  expect(rates.at(-1)!).toBeLessThan(rates[0]!)
})
