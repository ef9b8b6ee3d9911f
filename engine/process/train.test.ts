// The train command: a pause that comes while the data are read is one at once.
import { expect, test } from 'vitest'
import { openProject } from '../../db/project.ts'
import { config, fill, tempProject } from '../../test/support/project.ts'
import type { TrainEvent } from '../contract/events.ts'
import { encodePng } from '../data/png.ts'
import type { CommandContext } from './command.ts'
import { trainCommand } from './train.ts'

test.each([
  ['pause', 'paused'],
  ['stop', 'stopped'],
] as const)('a %s while the data are read: the run is %s without a step, and can go on', async (requested, status) => {
  const made = tempProject()
  fill(made, 400, (i) => ({ data: encodePng({ width: 8, height: 8, channels: 1, data: Uint8Array.from({ length: 64 }, (_, p) => (i * 31 + p * (i % 7)) % 256) }), className: String(i % 2), split: i % 4 === 0 ? 'val' : 'train' }))
  const { id: run } = made.runs.create({ config: { ...config, initializer: 'he-normal' }, dataset: made.datasets.freeze().id })
  const project = made.path
  made.close()
  const events: TrainEvent[] = []
  const control: { requested: CommandContext<'train'>['control']['requested'] } = { requested }
  const context = { emit: (event: TrainEvent) => { events.push(event) }, signal: new AbortController().signal, control }
  expect(await trainCommand.run({ project, run }, context)).toMatchObject({ status, steps: 0, epochs: 0 })
  expect(events).toEqual([{ type: 'ended', run, status }])
  using file = openProject(project)
  expect(file.runs.get(run)).toMatchObject({ status, error: null, step: 0 })
  expect(file.checkpoints.list(run)).toEqual([])

  control.requested = null
  expect(await trainCommand.run({ project, run }, context)).toMatchObject({ status: 'finished', epochs: 2 })
})
