// Steps beside the loop, which writes the next batch meanwhile: the same bits as in its own thread, wherever a run is cut, and when they begin.
import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { TrainConfig } from '../contract/recipe.ts'
import { Pace } from './pace.ts'
import { following, sameBatch } from './prepare.ts'
import { TrainStep } from './step.ts'
import { measured, record, shapes, smallConfig, untimed } from './testing.ts'
import type { Control } from './types.ts'

const cases: [string, Partial<TrainConfig>][] = [
  ['a CNN with dropout and augmentation', {}],
  ['blocks, batch norm, momentum and an average', { modelOptions: { filters: [16, 16], norm: 'batch-norm', dense: 8 }, optimizer: 'momentum', averaging: { kind: 'ema', decay: 0.9 } }],
  ['accumulation, clipping, and layers that thaw', { accumulate: 2, clipNorm: 0.5, optimizer: 'adamw', weightDecay: 0.01, freeze: '^(?!head)', unfreeze: [1, 2] }],
]

test.each(cases)('%s: a run beside the loop, and one killed in mid-epoch, are the run in its thread', async (_name, change) => {
  const config = smallConfig({ epochs: 3, ...change })
  const [own, beside] = [await record(config, { ahead: false }), await record(config, { ahead: true, checkpointEveryMs: 0 })]
  expect([own.error, beside.error]).toEqual([null, null])
  expect(beside.outcome?.weightsHash).toBe(own.outcome?.weightsHash)
  expect(beside.outcome?.state.optimizer).toEqual(own.outcome?.state.optimizer)
  expect(untimed(beside.outcome?.metrics ?? {})).toEqual(untimed(own.outcome?.metrics ?? {}))
  expect(measured(beside)).toEqual(measured(own))
  const last = beside.saved.filter((s) => s.kind === 'last')
  expect(last.map((s) => s.info.step)).toEqual(Array.from({ length: 19 }, (_, i) => i))
  for (const ahead of [true, false]) expect((await record(config, { ahead, resume: last[8]!.state })).outcome?.weightsHash).toBe(own.outcome?.weightsHash)
}, 30_000)

test('a pause does not lose what was written ahead', async () => {
  const config = smallConfig({ epochs: 3 })
  let asked = 0
  const paused = await record(config, { ahead: true, signals: { control: (): Control => (++asked >= 9 ? 'pause' : 'run') } })
  expect(paused.outcome?.status).toBe('paused')
  expect(paused.outcome?.steps).toBeLessThan(18)
  const [resumed, whole] = [await record(config, { ahead: true, resume: paused.outcome!.state }), await record(config, { ahead: false })]
  expect(resumed.outcome?.weightsHash).toBe(whole.outcome?.weightsHash)
})

test('a run that diverges names step and layer of the batch that was run, not of the one written since', async () => {
  const config = smallConfig({ optimizer: 'sgd', schedule: 'constant', lr: 1e20 })
  const [own, beside] = [await record(config, { ahead: false }), await record(config, { ahead: true })]
  expect(own.error).toMatchObject({ kind: 'diverged' })
  expect(beside.error).toEqual(own.error)
})

test('a sample that cannot be read while a step is under way ends the run with its own error', async () => {
  const set = shapes(44)
  let fills = 0
  const train = { ...set, fill: (...given: Parameters<typeof set.fill>) => {
    if (++fills === 4) throw new Error('row 7: gone')
    set.fill(...given)
  } }
  const { error, saved } = await record(smallConfig(), { ahead: true, train, checkpointEveryMs: 0 })
  expect(error).toMatchObject({ message: 'row 7: gone' })
  expect(saved.at(-1)?.info.step).toBe(2)
})

test('the clock moves steps beside the loop where batches take long to write, and not where little is left', async () => {
  const config = smallConfig()
  const until = async (left: number, waited: number, worth: boolean): Promise<boolean> => {
    await using step = await TrainStep.create(config, 3, 8, { threads: 1 })
    await using pace = new Pace([step])
    for (let i = 0; i < (worth ? 2000 : 40); i++) {
      const run = await pace.next(step, 10, left)
      if (run.beside) {
        expect(await pace.next(step, 10, left)).not.toBe(run)
        return true
      }
      pace.took(5, waited, 1)
      await setTimeout(5)
    }
    return false
  }
  expect([await until(10_000, 2, true), await until(10_000, 0, false), await until(20, 2, false)]).toEqual([true, false, false])
}, 30_000)

test('what follows a run: in its epoch, in the next, nothing after the last', () => {
  const at = { epoch: 1, stepInEpoch: 2, step: 8 }
  expect(following(at, 3, 6, 3)).toEqual({ epoch: 1, stepInEpoch: 5, step: 11 })
  expect(following(at, 4, 6, 3)).toEqual({ epoch: 2, stepInEpoch: 0, step: 12 })
  expect(following(at, 4, 6, 2)).toBeNull()
  expect(sameBatch(at, { ...at })).toBe(true)
  expect(sameBatch(at, { ...at, epoch: 2 })).toBe(false)
})
