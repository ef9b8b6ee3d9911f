// Exact resume: a run interrupted anywhere ends with the same weights, bit for bit, and the same metrics as one that never stopped.
import { beforeAll, expect, test } from 'vitest'
import { Random } from '../data/random.ts'
import { measured, record, smallConfig, throughStorage, untimed, type Recorded } from './testing.ts'
import type { Control, TrainState } from './types.ts'

// 44 samples, batches of 8: 6 steps an epoch, the last with 4 real rows. Stopping is on but patient.
const config = smallConfig({ epochs: 5, earlyStopping: { monitor: 'val/loss', patience: 4, minDelta: 0 } })
const STEPS = 30
let whole: Recorded

beforeAll(async () => {
  whole = await record(config, { checkpointEveryMs: 0 })
  expect(whole.error).toBeNull()
})

/** Says `run` until the `n`-th question, then `pause`. */
function pauseAt(n: number): { control(): Control } {
  let asked = 0
  return { control: () => (++asked >= n ? 'pause' : 'run') }
}

function expectSame(resumed: Recorded): void {
  expect(resumed.error).toBeNull()
  expect(resumed.outcome?.status).toBe('finished')
  expect(resumed.outcome?.weightsHash).toBe(whole.outcome?.weightsHash)
  expect(untimed(resumed.outcome?.metrics ?? {})).toEqual(untimed(whole.outcome?.metrics ?? {}))
  expect(resumed.outcome?.state.optimizer).toEqual(whole.outcome?.state.optimizer)
  expect(measured(whole)).toMatchObject(measured(resumed))
}

test('the whole run made a checkpoint after every step, in mid-epoch too', () => {
  const last = whole.saved.filter((s) => s.kind === 'last').map((s) => s.info.step)
  expect(last).toEqual(Array.from({ length: STEPS + 1 }, (_, i) => i))
  expect(Object.keys(measured(whole))).toContain('val/accuracy@6')
})

test('twice the same run gives the same weights; another seed gives others', async () => {
  const again = await record(config)
  expect(again.outcome?.weightsHash).toBe(whole.outcome?.weightsHash)
  expect(measured(again)).toEqual(measured(whole))
  const other = await record({ ...config, seed: 2 })
  expect(other.outcome?.weightsHash).not.toBe(whole.outcome?.weightsHash)
})

test('two threads give the same weights every time', async () => {
  const [first, second] = [await record(config, { threads: 2 }), await record(config, { threads: 2 })]
  expect(first.outcome?.weightsHash).toBe(second.outcome?.weightsHash)
})

test('killed at any step and resumed from the checkpoint of that step', async () => {
  const random = new Random(11, 'sample')
  const last = whole.saved.filter((s) => s.kind === 'last')
  for (const step of new Set([0, 1, 5, 6, 29, ...Array.from({ length: 6 }, () => random.int(STEPS))])) {
    const state = last[step]?.state ?? null
    expectSame(await record(config, { resume: state }))
  }
}, 60_000)

test('paused at random moments, again and again', async () => {
  const random = new Random(12, 'sample')
  let state: TrainState | null = null
  let pauses = 0
  for (;;) {
    const part: Recorded = await record(config, { resume: state, signals: pauseAt(1 + random.int(9)) })
    expect(part.error).toBeNull()
    if (part.outcome?.status === 'finished') {
      expect(part.outcome.weightsHash).toBe(whole.outcome?.weightsHash)
      expect(untimed(part.outcome.metrics)).toEqual(untimed(whole.outcome?.metrics ?? {}))
      break
    }
    expect(part.outcome?.status).toBe('paused')
    // What pause returns is what it saved.
    expect(part.saved.at(-1)?.info.weightsHash).toBe(part.outcome?.weightsHash)
    state = throughStorage(part.outcome!.state)
    pauses++
  }
  expect(pauses).toBeGreaterThan(3)
}, 60_000)

test('early stopping counts on over an interruption', async () => {
  const impatient = { ...config, epochs: 40, lr: 0.02, schedule: 'constant', earlyStopping: { monitor: 'val/loss', patience: 2, minDelta: 0.02 } }
  const straight = await record(impatient, { checkpointEveryMs: 0 })
  const epochs = straight.outcome?.epochs ?? 0
  expect(epochs).toBeGreaterThan(2)
  expect(epochs).toBeLessThan(40)
  for (const back of [4, 10]) {
    const state = straight.saved.filter((s) => s.kind === 'last').at(-back)?.state ?? null
    const resumed = await record(impatient, { resume: state })
    expect(resumed.outcome?.epochs).toBe(epochs)
    expect(resumed.outcome?.weightsHash).toBe(straight.outcome?.weightsHash)
  }
  // A run that stopped early is done; given more epochs it goes on.
  const done = await record(impatient, { resume: throughStorage(straight.outcome!.state) })
  expect(done.outcome?.steps).toBe(straight.outcome?.steps)
  const longer = await record({ ...impatient, epochs: 41 }, { resume: throughStorage(straight.outcome!.state) })
  expect(longer.outcome?.epochs).toBeGreaterThan(epochs)
}, 60_000)

test('a finished run that is given more epochs goes on from its last step', async () => {
  const longer = await record({ ...config, epochs: 7, earlyStopping: null }, { resume: throughStorage(whole.outcome!.state) })
  expect(longer.events.find((e) => e.type === 'started')).toMatchObject({ resumedAtStep: STEPS })
  expect(longer.outcome).toMatchObject({ status: 'finished', epochs: 7, steps: 42 })
})

test('a checkpoint of another model, seed or data set is refused', async () => {
  const state = whole.saved.find((s) => s.info.step === 7)!.state
  expect((await record({ ...config, modelOptions: { filters: [4] } }, { resume: state })).error).toMatchObject({ kind: 'conflict' })
  expect((await record({ ...config, seed: 9 }, { resume: state })).error).toMatchObject({ kind: 'conflict' })
  expect((await record({ ...config, batch: 16 }, { resume: state })).error).toMatchObject({ kind: 'conflict' })
  expect((await record(config, { resume: { ...state, weights: state.weights.subarray(1) } })).error).toMatchObject({ kind: 'corrupt' })
  expect((await record(config, { resume: { ...state, position: { step: 7 } } })).error).toMatchObject({ kind: 'corrupt' })
})
