// Baselines of pictures: gradients and windows find what they should, pixels are judged by their colour, usual places by what is usual.
import { expect, test } from 'vitest'
import type { Split } from '../../contract/recipe.ts'
import { encodePng } from '../../data/png.ts'
import { Random } from '../../data/random.ts'
import type { LoadSample } from '../../data/types.ts'
import { detectionScore, imageValues, map50OfValues } from '../../metrics/detection.ts'
import { orientedGradients } from '../features/gradients.ts'
import { detect, fitDetector } from '../vision/sliding-window.ts'
import { fitUsualBoxes } from '../vision/usual-boxes.ts'
import type { BaselineModel } from './baseline.ts'
import { baselineOf } from './index.ts'

type Given = LoadSample & { readonly data: Uint8Array }
async function run(task: string, samples: readonly Given[], classes: readonly string[]): Promise<BaselineModel[]> {
  const models: BaselineModel[] = []
  for await (const model of baselineOf(task).run({ samples, classes, split: 'test', seed: 1, read: (id) => samples[id]!.data, config: () => Promise.reject(new Error('no recipe here')) })) models.push(model)
  return models
}
const splitOf = (i: number): Split => (i % 5 === 3 ? 'val' : i % 5 === 4 ? 'test' : 'train')

test('gradients tell upright edges from flat ones, whatever the brightness', () => {
  const stripes = (along: (x: number, y: number) => number, scale: number) => orientedGradients({ height: 16, width: 16, data: Float32Array.from({ length: 256 }, (_, i) => scale * (Math.floor(along(i % 16, Math.floor(i / 16)) / 2) % 2)) })
  const strongest = (data: Float32Array): number => data.subarray(0, 9).reduce((best, v, i, all) => (v > all[best]! ? i : best), 0)
  const [upright, flat] = [stripes((x) => x, 1), stripes((_, y) => y, 1)]
  expect(upright).toMatchObject({ rows: 2, columns: 2 })
  expect(strongest(upright.data)).toBe(0)
  expect(strongest(flat.data)).toBe(4)
  const dim = stripes((x) => x, 0.5).data
  dim.forEach((v, i) => { expect(Math.abs(v - upright.data[i]!)).toBeLessThan(0.02) })
})

/** A dark picture with one bright square or one cross. */
function scene(i: number, side = 64): { grey: { height: number; width: number; data: Float32Array }; boxes: { class: number; x: number; y: number; width: number; height: number }[] } {
  const random = new Random(3, 'sample', i)
  const [kind, size] = [i % 2, 20 + random.int(12)]
  const [x, y] = [random.int(side - size), random.int(side - size)]
  const data = Float32Array.from({ length: side * side }, (_, p) => {
    const [u, v] = [(p % side) - x, Math.floor(p / side) - y]
    const inside = u >= 0 && v >= 0 && u < size && v < size && (kind === 0 || Math.abs(u - size / 2) < size / 6 || Math.abs(v - size / 2) < size / 6)
    return (inside ? 0.8 : 0.2) + 0.02 * random.normal()
  })
  return { grey: { height: side, width: side, data }, boxes: [{ class: kind, x, y, width: size, height: size }] }
}

test('sliding windows find squares and crosses; usual places do not', () => {
  const scenes = Array.from({ length: 60 }, (_, i) => scene(i))
  const [train, unseen] = [scenes.slice(0, 48), scenes.slice(48)]
  const detector = fitDetector(train, 2, 0.1, { seed: 1 })
  const found = unseen.map(({ grey, boxes }) => ({ truth: boxes, found: detect(detector, grey) }))
  const usual = fitUsualBoxes(train.map(({ boxes }) => ({ height: 64, width: 64, boxes })), 2)
  const guessed = unseen.map(({ boxes }) => ({ truth: boxes, found: usual({ height: 64, width: 64 }) }))
  const [windows, places] = [found, guessed].map((images) => detectionScore(images, 2, 1).metrics['map50']!)
  expect(windows).toBeGreaterThan(0.7)
  expect(places).toBeLessThan(windows! - 0.3)
  // The numbers that are compared pair by pair give the same metric.
  expect(map50OfValues(found.map((image) => imageValues(image, 2)))).toBeCloseTo(windows!, 12)
})

test('pixels: colour tells the class, the usual mask does not', async () => {
  const [side, noise] = [16, new Random(4, 'sample')]
  const samples = Array.from({ length: 20 }, (_, id) => {
    const mask = Uint8Array.from({ length: side * side }, (_p, i) => ((Math.floor(i / side) + id * 5) % side < 8 ? 0 : 1))
    const data = encodePng({ width: side, height: side, channels: 3, data: Uint8Array.from({ length: 3 * side * side }, (_p, i) => (mask[Math.floor(i / 3)] === 1 && i % 3 === 0 ? 200 : 40) + noise.int(30)) })
    const runs: [number | null, number][] = Array.from(mask, (kind) => [kind === 0 ? null : 0, 1])
    return { id, class: -1, label: { kind: 'mask' as const, width: side, height: side, runs }, split: splitOf(id), data }
  })
  const models = await run('segmentation', samples, ['red'])
  expect(models.map((m) => m.name).sort()).toEqual(['logistic-regression', 'naive-bayes', 'random-forest', 'usual-classes'])
  for (const { name, metrics } of models.filter((m) => m.name !== 'usual-classes')) expect(metrics['miou'], name).toBeGreaterThan(0.95)
  const usual = models.find((m) => m.name === 'usual-classes')!
  expect(usual.metrics['miou']).toBeLessThan(0.6)
  expect(baselineOf('segmentation').ranking.measure([...usual.values.values()])).toBeCloseTo(usual.metrics['miou']!, 12)
})

test('several classes a picture: edges tell them, and the numbers that are compared give mean average precision', async () => {
  const samples = Array.from({ length: 60 }, (_, id) => {
    const [upright, flat] = [id % 2, Math.floor(id / 2) % 2]
    const random = new Random(6, 'sample', id)
    const data = encodePng({ width: 32, height: 32, channels: 1, data: Uint8Array.from({ length: 1024 }, (_p, i) => 60 + 80 * upright * (Math.floor((i % 32) / 4) % 2) + 80 * flat * (Math.floor(i / 128) % 2) + random.int(8)) })
    return { id, class: -1, label: { kind: 'classes' as const, classes: [...(upright ? [0] : []), ...(flat ? [1] : [])] }, split: splitOf(id), data }
  })
  const models = await run('image-multilabel', samples, ['upright', 'flat'])
  const [logistic, , shares] = models
  expect(logistic!.metrics['map']).toBeCloseTo(1, 9)
  expect(logistic!.metrics['exact']).toBe(1)
  expect(logistic!.exportable?.outputs).toBe('labels')
  expect(shares!.metrics['map']).toBeLessThan(0.8)
  for (const { values, metrics } of models) expect(baselineOf('image-multilabel').ranking.measure([...values.values()])).toBeCloseTo(metrics['map']!, 12)
})
