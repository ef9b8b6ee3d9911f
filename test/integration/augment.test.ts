// What augmentation makes of a sample, as the window shows it: varied, the same for the same seed, and nothing where it is off.
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { DrawnItem } from '../../engine/contract/drawn.ts'
import { mapClasses, type NumberedLabel } from '../../engine/contract/label.ts'
import { openSample, sampleById } from '../../engine/samples/index.ts'
import { makeServices, temporaryFolder } from './support.ts'

const bytesOf = (item: DrawnItem): string => (item.kind === 'words' ? item.words.join(' ') : 'data' in item ? String(item.data) : '')

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
  for (const [id, kind, augment] of [['gestures', 'lines', { kind: 'series', jitter: 0.1, scale: 0, timeMask: 0, timeWarp: 0 }], ['reviews', 'words', { kind: 'text', wordDropout: 0.5, swap: 0 }], ['prose', 'words', { kind: 'language', shift: true }]] as const) {
    const { path: project } = await services.projects.fromSample({ id, path: null, task: null })
    const config = await services.runs.recipe({ project, model: null })
    const { original, augmented } = await services.runs.augment({ project, config: { ...config, augment }, sample: null, count: 3 })
    expect(original.kind).toBe(kind)
    expect(new Set([original, ...augmented].map(bytesOf)).size, id).toBe(4)
  }
}, 120_000)

const picture = { shift: 0.1, rotate: 0, scale: 0, shear: 0, flipHorizontal: true, flipVertical: false }
/** A project with the first four pictures of a built-in sample, and their labels. */
async function few(services: ReturnType<typeof makeServices>, id: 'shapes-detection' | 'shapes-segmentation', folder: string): Promise<string> {
  const { task, classes } = sampleById(id)
  const { path: project } = await services.projects.create({ path: path.join(folder, `${id}.lathe`), task })
  const made = [...classes, 'unused'].map((name) => services.labels.addClass({ project, name }).id)
  const labels: NumberedLabel[] = []
  await mkdir(path.join(folder, id))
  for await (const { data, label } of openSample(id)) {
    await writeFile(path.join(folder, id, `${labels.length}.png`), data!)
    labels.push(mapClasses(label!, (name: string) => made[classes.indexOf(name)]!))
    if (labels.length === 4) break
  }
  await services.samples.import({ project, paths: [path.join(folder, id)], format: 'auto', ratio: [1, 0, 0], as: 'copy', target: null })
  services.samples.list({ project, filter: {}, order: 'name', descending: false, offset: 0, limit: 10 }).rows.forEach((row, i) => { services.labels.set({ project, sample: row.id, label: labels[i]! }) })
  return project
}

test('boxes and masks follow their pictures, with the ids of their classes', async () => {
  const folder = await temporaryFolder()
  const services = makeServices(folder)
  for (const id of ['shapes-detection', 'shapes-segmentation'] as const) {
    const project = await few(services, id, folder)
    const ids = services.labels.classes({ project }).map((record) => record.id as number)
    const config = await services.runs.recipe({ project, model: null })
    const made = await services.runs.augment({ project, config: { ...config, augment: picture }, sample: null, count: 3 })
    const all = [made.original, ...made.augmented]
    const labels = all.map((item) => (item.kind === 'pixels' ? item.label : null))
    expect(new Set(labels.map((label) => JSON.stringify(label))).size, id).toBe(4)
    for (const label of labels) {
      if (label?.kind === 'mask') expect(label.runs.every(([kind]) => kind === null || ids.includes(kind)) && label.runs.some(([kind]) => kind !== null)).toBe(true)
      else if (label?.kind === 'boxes') expect(label.boxes.length > 0 && label.boxes.every((box) => ids.includes(box.class))).toBe(true)
      else throw new Error(`${id}: ${JSON.stringify(label)}`)
    }
    // As it is, the picture has the boxes that people gave it, at the size of the model.
    const [first] = labels
    const row = services.samples.get({ project, id: made.sample })
    if (first?.kind === 'boxes' && row.label?.kind === 'boxes') {
      const factor = config.input.kind === 'image' ? config.input.width / row.width : 1
      const sorted = (boxes: readonly { class: number; x: number; width: number }[], by: number): (readonly number[])[] => boxes.map((box) => [box.class, Math.round(box.x * by), Math.round(box.width * by)] as const).toSorted((a, b) => a[1] - b[1] || a[2] - b[2])
      expect(sorted(first.boxes, 1)).toEqual(sorted(row.label.boxes, factor))
    }
  }
}, 120_000)

test('recordings as waves, with what masks cover of time and of frequencies', async () => {
  const services = makeServices(await temporaryFolder())
  const { path: project } = await services.projects.fromSample({ id: 'commands', path: null, task: null })
  const config = await services.runs.recipe({ project, model: null })
  const { original, augmented } = await services.runs.augment({ project, config: { ...config, augment: { kind: 'audio', shift: 0.5, gain: 3, speed: 0, noise: -40, timeMasks: 1, timeMask: 0.3, bandMasks: 1, bandMask: 0.3 } }, sample: null, count: 5 })
  expect(original).toMatchObject({ kind: 'wave', covered: [] })
  const covered = augmented.flatMap((item) => (item.kind === 'wave' ? item.covered : []))
  expect(new Set(covered.map(({ over }) => over))).toEqual(new Set(['time', 'bands']))
  expect(covered.every(({ from, to }) => from >= 0 && to > from && to <= 1 && to - from <= 0.31)).toBe(true)
}, 120_000)
