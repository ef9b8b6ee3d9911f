// What augmentation makes of a sample, as the window shows it: varied, the same for the same seed, and nothing where it is off.
import { expect, test } from 'vitest'
import type { AugmentedItem } from '../../engine/contract/commands.ts'
import { makeServices, temporaryFolder } from './support.ts'

const bytesOf = (item: AugmentedItem): string => (item.kind === 'words' ? item.words.join(' ') : String(item.data))

test('pictures: ten results that differ, the same again for the same seed, others for another', async () => {
  const services = makeServices(await temporaryFolder())
  const { path: project } = await services.projects.fromSample({ id: 'digits', path: null, task: null })
  const config = await services.runs.recipe({ project, model: null })
  const made = await services.runs.augment({ project, config, sample: null, count: 10 })
  expect(made.original).toMatchObject({ kind: 'pixels', height: 16, width: 16, channels: 1 })
  expect(made.augmented).toHaveLength(10)
  expect(new Set([made.original, ...made.augmented].map(bytesOf)).size).toBe(11)
  expect(await services.runs.augment({ project, config, sample: made.sample, count: 10 })).toEqual(made)
  expect((await services.runs.augment({ project, config: { ...config, seed: 2 }, sample: null, count: 1 })).augmented[0]).not.toEqual(made.augmented[0])
  const off = await services.runs.augment({ project, config: { ...config, augment: null }, sample: null, count: 2 })
  expect(off.augmented.map(bytesOf)).toEqual([off.original, off.original].map(bytesOf))
}, 60_000)

test('series as lines, texts as words', async () => {
  const services = makeServices(await temporaryFolder())
  for (const [id, kind, augment] of [['gestures', 'lines', { kind: 'series', jitter: 0.1, scale: 0, timeMask: 0, timeWarp: 0 }], ['reviews', 'words', { kind: 'text', wordDropout: 0.5, swap: 0 }]] as const) {
    const { path: project } = await services.projects.fromSample({ id, path: null, task: null })
    const config = await services.runs.recipe({ project, model: null })
    const { original, augmented } = await services.runs.augment({ project, config: { ...config, augment }, sample: null, count: 3 })
    expect(original.kind).toBe(kind)
    expect(new Set([original, ...augmented].map(bytesOf)).size, id).toBe(4)
  }
}, 120_000)
