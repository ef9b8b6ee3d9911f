// Ensembles from the train command: members one after another, exact after an interruption, then evaluated as one.
import { expect, test } from 'vitest'
import { openProject } from '../../db/project.ts'
import { config, fill, tempProject } from '../../test/support/project.ts'
import type { Ensemble } from '../contract/ensemble.ts'
import type { TrainEvent } from '../contract/events.ts'
import type { RunId } from '../contract/ids.ts'
import type { TrainConfig } from '../contract/recipe.ts'
import { encodePng } from '../data/png.ts'
import type { CommandContext } from './command.ts'
import { evaluateCommand } from './evaluate.ts'
import { trainCommand } from './train.ts'
import { memberRecipe, memberSeed } from './train-ensemble.ts'

const base: TrainConfig = { ...config, initializer: 'he-normal', epochs: 4 }

function project(): { readonly path: string; start(ensemble: Ensemble): RunId } {
  const made = tempProject()
  fill(made, 120, (i) => ({ data: encodePng({ width: 8, height: 8, channels: 1, data: Uint8Array.from({ length: 64 }, (_, p) => (i * 31 + p * (i % 7)) % 256) }), className: String(i % 2), split: i % 4 === 0 ? 'val' : i % 4 === 1 ? 'test' : 'train' }))
  const dataset = made.datasets.freeze().id
  const { path } = made
  made.close()
  return {
    path,
    start: (ensemble) => {
      using file = openProject(path)
      return file.runs.create({ config: { ...base, ensemble }, dataset }).id
    },
  }
}

type Requested = CommandContext<'train'>['control']['requested']
/** `stopAt` sees each event and may ask for a pause. */
async function run(path: string, id: RunId, stopAt: (event: TrainEvent) => Requested = () => null): ReturnType<typeof trainCommand.run> {
  const control: { requested: Requested } = { requested: null }
  return await trainCommand.run({ project: path, run: id }, { emit: (event) => { control.requested ??= stopAt(event) }, signal: new AbortController().signal, control })
}

test('seeds: three members with seeds of their own; paused in the second, the end is the same, bit for bit', async () => {
  const { path, start } = project()
  const whole = await run(path, start({ by: 'seeds', count: 3, members: [] }))
  expect(whole.status).toBe('finished')

  const other = start({ by: 'seeds', count: 3, members: [] })
  let started = 0
  const paused = await run(path, other, (event) => {
    if (event.type === 'started') started++
    return started === 2 && event.type === 'metrics' ? 'pause' : null
  })
  expect(paused.status).toBe('paused')
  {
    using file = openProject(path)
    const members = file.runs.get(other).config.ensemble?.members ?? []
    expect(members.map((m) => file.runs.get(m.run as RunId).status)).toEqual(['finished', 'paused'])
  }
  const resumed = await run(path, other)
  expect(resumed).toMatchObject({ status: 'finished', weightsHash: whole.weightsHash })

  using file = openProject(path)
  const { config: combined, parameters, metrics } = file.runs.get(other)
  const members = combined.ensemble?.members ?? []
  expect(members.map((m) => m.seed)).toEqual([0, 1, 2].map((i) => memberSeed(base.seed, i)))
  expect(new Set(members.map((m) => m.weightsHash)).size).toBe(3)
  expect(parameters).toBe(3 * (file.runs.get(members[0]!.run as RunId).parameters ?? 0))
  expect(metrics['best/val/loss']).toBe(metrics['val/loss'])
  expect(file.checkpoints.list(other).map((c) => c.weightsHash)).toEqual([whole.weightsHash, whole.weightsHash])

  const { metrics: test } = await evaluateCommand.run({ project: path, run: other, split: 'test', checkpoint: 'best' }, { emit: () => undefined, signal: new AbortController().signal, control: { requested: null } })
  expect(test['test/accuracy']).toBeGreaterThanOrEqual(0)
  // The members may go: the ensemble has their weights.
  for (const { run: id } of members) file.runs.remove(id as RunId)
  const again = await evaluateCommand.run({ project: path, run: other, split: 'test', checkpoint: 'last' }, { emit: () => undefined, signal: new AbortController().signal, control: { requested: null } })
  expect(again.metrics).toEqual(test)
})

test('snapshots: one training that restarts, its weights at the end of each cycle', async () => {
  const { path, start } = project()
  const id = start({ by: 'snapshots', count: 3, members: [] })
  const first = await run(path, id, (event) => (event.type === 'checkpoint' && event.epoch >= 3 ? 'pause' : null))
  expect(first.status).toBe('paused')
  const done = await run(path, id)
  const whole = await run(path, start({ by: 'snapshots', count: 3, members: [] }))
  expect(done).toMatchObject({ status: 'finished', weightsHash: whole.weightsHash })
  using file = openProject(path)
  const { config: combined, step } = file.runs.get(id)
  const members = combined.ensemble?.members ?? []
  expect(new Set(members.map((m) => m.run)).size).toBe(1)
  const owner = file.runs.get(members[0]!.run as RunId)
  expect(owner).toMatchObject({ status: 'finished', epoch: 6, step })
  expect(owner.config).toMatchObject({ schedule: 'cosine-restarts', scheduleOptions: { cycles: 3, multiply: 1 }, snapshots: 3 })
  expect(file.snapshots.list(owner.id).map(({ number, epoch }) => [number, epoch])).toEqual([[1, 2], [2, 4], [3, 6]])
  expect(members.map((m) => m.weightsHash)).toEqual(file.snapshots.list(owner.id).map((s) => s.weightsHash))
  expect(file.snapshots.list(owner.id).at(-1)?.weightsHash).toBe(owner.weightsHash)
})

test('recipes of members', () => {
  expect(memberRecipe({ ...base, epochs: 10, warmup: 1 }, { by: 'snapshots', count: 4 }, 0)).toMatchObject({ epochs: 12, warmup: 0, snapshots: 4, earlyStopping: null, ensemble: null })
  expect(memberRecipe(base, { by: 'seeds', count: 2 }, 1)).toMatchObject({ epochs: base.epochs, seed: memberSeed(base.seed, 1), ensemble: null })
})
