// Task, recipe and preprocessing: resizing against a reference by hand, exactness of the uint8 cache, what the recipe adapts to.
import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { Program, tensor } from '../compile/program.ts'
import { trainConfig, type ImageInput, type TrainConfig } from '../contract/recipe.ts'
import { encodePng } from '../data/png.ts'
import { Random } from '../data/random.ts'
import { Graph } from '../graph/graph.ts'
import { network } from '../models/network.ts'
import { task, tasks } from './index.ts'
import { normalise, resizePixels } from './image/preprocess.ts'
import { pixelStatistics } from './image/statistics.ts'
import type { SourceSample, TrainingData } from './task.ts'

const noise = (n: number): Uint8Array => {
  const random = new Random(6, 'sample')
  return Uint8Array.from({ length: n }, () => random.int(256))
}
const rgb: ImageInput = { kind: 'image', height: 6, width: 9, channels: 3, mean: [0.1, 0.2, 0.3], std: [0.5, 0.25, 0.75] }

async function resized(pixels: Uint8Array, shape: readonly [number, number, number, number], input: ImageInput, symbolic = false): Promise<Uint8Array> {
  const graph = new Graph('resize')
  graph.output('y', resizePixels(graph.input('x', 'uint8', symbolic ? ['N', ...shape.slice(1)] : shape), input))
  await using program = await Program.create(graph, { threads: 1 })
  return (await program.run({ x: tensor('uint8', pixels, shape) }))['y']!.data as Uint8Array
}

/** Separable triangle filter as ONNX describes it: its support grows by the scale when shrinking; what lies outside repeats the edge. */
function triangle(from: number, to: number): number[][] {
  const scale = Math.max(1, from / to)
  return Array.from({ length: to }, (_, i) => {
    const centre = ((i + 0.5) * from) / to - 0.5
    const weights = new Array<number>(from).fill(0)
    let sum = 0
    for (let j = Math.floor(centre - scale); j <= Math.ceil(centre + scale); j++) {
      const w = Math.max(0, 1 - Math.abs(j - centre) / scale)
      weights[Math.min(from - 1, Math.max(0, j))]! += w
      sum += w
    }
    return weights.map((w) => w / sum)
  })
}

test.each([[17, 13], [6, 20], [3, 4], [40, 9]])('resizing %d×%d is the antialiased triangle filter, rounded', async (h, w) => {
  const pixels = noise(2 * h * w * 3)
  const ours = await resized(pixels, [2, h, w, 3], rgb)
  const [rows, columns] = [triangle(h, 6), triangle(w, 9)]
  let worst = 0
  for (let n = 0; n < 2; n++) for (let y = 0; y < 6; y++) for (let x = 0; x < 9; x++) for (let c = 0; c < 3; c++) {
    let sum = 0
    for (let i = 0; i < h; i++) for (let j = 0; j < w; j++) sum += rows[y]![i]! * columns[x]![j]! * pixels[((n * h + i) * w + j) * 3 + c]!
    worst = Math.max(worst, Math.abs(ours[((n * 6 + y) * 9 + x) * 3 + c]! - sum))
  }
  // Half a level of rounding, and what float32 adds to it.
  expect(worst).toBeLessThan(0.501)
})

test('a picture of the right size passes unchanged, and the batch does not matter', async () => {
  const same = noise(6 * 9 * 3)
  expect(await resized(same, [1, 6, 9, 3], rgb)).toEqual(same)
  const many = noise(3 * 17 * 13 * 3)
  const together = await resized(many, [3, 17, 13, 3], rgb, true)
  const alone = await resized(many.slice(17 * 13 * 3, 2 * 17 * 13 * 3), [1, 17, 13, 3], rgb)
  expect(together.slice(6 * 9 * 3, 2 * 6 * 9 * 3)).toEqual(alone)
})

test('a uint8 cache is exact: resizing twice changes nothing more', async () => {
  const once = await resized(noise(17 * 13 * 3), [1, 17, 13, 3], rgb)
  expect(await resized(once, [1, 6, 9, 3], rgb)).toEqual(once)
})

test('normalise puts channels first and takes mean and std of each', async () => {
  const pixels = noise(2 * 6 * 9 * 3)
  const graph = new Graph('normalise')
  graph.output('y', normalise(graph.input('x', 'uint8', ['N', 6, 9, 3]), rgb))
  await using program = await Program.create(graph, { threads: 1 })
  const y = (await program.run({ x: tensor('uint8', pixels, [2, 6, 9, 3]) }))['y']!
  expect(y.shape).toEqual([2, 3, 6, 9])
  for (let n = 0; n < 2; n++) for (let c = 0; c < 3; c++) for (let i = 0; i < 54; i++) {
    expect((y.data as Float32Array)[(n * 3 + c) * 54 + i]).toBeCloseTo((pixels[(n * 54 + i) * 3 + c]! / 255 - rgb.mean[c]!) / rgb.std[c]!, 5)
  }
})

test('pixels of the wrong kind are refused', () => {
  const graph = new Graph('wrong')
  expect(() => normalise(graph.input('a', 'float32', ['N', 6, 9, 3]), rgb)).toThrow(/must be uint8/)
  expect(() => resizePixels(graph.input('b', 'uint8', ['N', 6, 9, 1]), rgb)).toThrow(/\[N, H, W, 3\]/)
})

const digits: TrainingData = { samples: 1258, classes: Array.from('0123456789'), counts: new Array<number>(10).fill(126), height: 8, width: 8, channels: 1, read: () => Promise.resolve([]) }
const classification = tasks['image-classification']
const recipe = (data: TrainingData, model: string | null): Promise<TrainConfig> => classification.recipe(data, model)

test('recipes are valid, and their networks can be built, for data of all sizes', async () => {
  for (const samples of [2, 50, 1258, 8_000, 60_000, 1_000_000]) {
    for (const [height, width] of [[8, 8], [28, 28], [32, 32], [240, 320], [4000, 3000], [10, 900], [1, 1]] as const) {
      for (const channels of [1, 3] as const) {
        for (const model of [null, 'cnn', 'mlp']) {
          const config = await recipe({ ...digits, samples, height, width, channels }, model)
          expect(trainConfig.safeParse(config).error, `${height}×${width}`).toBeUndefined()
          expect(network(config, 10).size).toBeGreaterThan(0)
        }
      }
    }
  }
})

test('small pictures are enlarged, large ones shrunk, and the shape is kept about', async () => {
  const bytes = encodePng({ width: 2, height: 1, channels: 1, data: Uint8Array.of(0, 255) })
  const read = (): Promise<SourceSample[]> => Promise.resolve([{ id: 1, class: 0, label: null, bytes }])
  expect((await recipe({ ...digits, read }, null)).input).toMatchObject({ height: 16, width: 16, channels: 1, mean: [0.5], std: [0.5] })
  expect(await pixelStatistics([], 3)).toEqual({ mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] })
  expect((await recipe({ ...digits, height: 28, width: 28 }, null)).input).toMatchObject({ height: 28, width: 28 })
  expect((await recipe({ ...digits, height: 480, width: 640 }, null)).input).toMatchObject({ height: 48, width: 64 })
})

test('more data mean fewer passes and larger batches; nothing is flipped', async () => {
  const [small, large] = [await recipe(digits, null), await recipe({ ...digits, samples: 60_000 }, null)]
  expect(large.epochs).toBeLessThan(small.epochs)
  expect(large.batch).toBeGreaterThan(small.batch)
  expect(small.augment).toMatchObject({ flipHorizontal: false, flipVertical: false })
  expect(small.model).toBe('cnn')
  await expect(recipe(digits, 'perceptron')).rejects.toThrow(/no model 'perceptron'/)
})

test('decoding names classes, most probable first', () => {
  expect(classification.decode({ probabilities: Float32Array.of(0.25, 0.5, 0.25) }, {} as TrainConfig, ['a', 'b', 'c'], null)).toEqual([{ class: 'b', probability: 0.5 }, { class: 'a', probability: 0.25 }, { class: 'c', probability: 0.25 }])
})

test('every task file is in the registry', () => {
  const shared = ['index.ts', 'task.ts']
  const files = readdirSync(import.meta.dirname).filter((f) => f.endsWith('.ts') && !f.endsWith('.test.ts') && !shared.includes(f))
  expect(files.map((f) => f.replace('.ts', '')).sort()).toEqual(Object.keys(tasks).sort())
  expect(() => task('poetry')).toThrow(/no task 'poetry'; there are image-classification/)
})
