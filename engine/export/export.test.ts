// Export: one file of standard operators that gives the app's numbers, or no file at all.
import { createHash } from 'node:crypto'
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { encoded, noise, tempFolder } from '../../test/support/images.ts'
import { Program, tensor } from '../compile/program.ts'
import { trainDefaults, type ImageInput, type TrainConfig } from '../contract/recipe.ts'
import { decode } from '../data/decode.ts'
import { encodePng } from '../data/png.ts'
import type { DataSet } from '../data/types.ts'
import { explain } from '../explain/explain.ts'
import { networkModel } from '../explain/network-model.ts'
import { network } from '../models/network.ts'
import { task } from '../tasks/index.ts'
import { exportModel, type ExportRequest } from './export-model.ts'
import { inspect } from './inspect.ts'
import { checkParity, PARITY_SAMPLES } from './parity.ts'
import { replaceFile } from './replace-file.ts'

const input: ImageInput = { kind: 'image', height: 12, width: 10, channels: 3, mean: [0.4, 0.5, 0.6], std: [0.2, 0.25, 0.3] }
const config: TrainConfig = { task: 'image-classification', model: 'cnn', modelOptions: { filters: [8], dense: 16 }, input, epochs: 1, batch: 8, optimizer: 'adam', lr: 0.001, schedule: 'constant', momentum: 0.9, weightDecay: 0, labelSmoothing: 0, dropout: 0.3, initializer: 'he-normal', seed: 1, augment: null, earlyStopping: null, ...trainDefaults }
const classNames = ['cat', 'dög', '<script>']
const net = network(config, 3)
const weights = net.initialWeights(7)
const provenance = { run: 4, runName: 'first', dataset: 'abc', weightsHash: 'def', metrics: { 'test/accuracy': 0.98 }, versions: { lathe: '0.1.0', onnxruntime: '1.30.0' }, licence: 'CC BY 4.0' }

/** Sources of several sizes, formats and channels, as projects have them. */
let sources: Uint8Array[] = []
let set: DataSet
let folder = ''
const read = (id: number): Uint8Array => sources[id - 1]!

const load = (images: readonly Uint8Array[]): Promise<DataSet> =>
  task(config.task).load({ samples: images.map((_, i) => ({ id: i + 1, class: i % 3, label: null })), others: [], read: (id) => images[id - 1]!, config, classes: classNames, purpose: 'evaluate' })

beforeAll(async () => {
  sources = [...Array.from({ length: 40 }, (_, i) => encodePng(noise(10, 12, i, 3))), ...Array.from({ length: 9 }, (_, i) => encodePng(noise(28, 28, i))), await encoded('jpeg', 1, 33, 17), await encoded('webp', 2, 5, 7)]
  set = await load(sources)
})
beforeEach(async () => {
  folder = await tempFolder()
})
afterEach(async () => {
  await chmod(folder, 0o755)
  await rm(folder, { recursive: true })
})
const request = (over: Partial<ExportRequest> = {}): ExportRequest => ({ config, classNames, weights, provenance, out: join(folder, 'm.onnx'), opset: 18, set, read, ...over })

describe('exportModel', () => {
  test.each([18, 26])('opset %i: the file gives the app’s numbers, at batch 1, 2 and 7', async (opset) => {
    const stages = new Set<string>()
    const result = await exportModel(request({ opset, onProgress: (p) => stages.add(p.stage) }))
    expect(result.parity).toMatchObject({ samples: 51, batches: [1, 2, 7], tolerance: 1e-5 })
    expect(result.parity.samples).toBeGreaterThanOrEqual(PARITY_SAMPLES)
    expect(result.parity.maxAbsDiff).toBeLessThanOrEqual(1e-5)
    expect([...stages]).toEqual(['writing', 'comparing with the app'])
    const bytes = await readFile(result.path)
    expect(result).toMatchObject({ bytes: bytes.length, opset, metrics: provenance.metrics, sha256: createHash('sha256').update(bytes).digest('hex') })
    expect(await readdir(folder)).toEqual(['m.onnx'])
    const found = inspect(bytes, 'm.onnx')
    expect(found.opset).toBe(opset)
    expect(found.ops.every((o) => o.domain === '')).toBe(true)
    expect(found.ops.map((o) => o.op)).not.toContain('Dropout')
  })
  test('the file says what it is', async () => {
    await exportModel(request())
    const found = inspect(await readFile(join(folder, 'm.onnx')), 'm.onnx')
    expect(found.inputs).toEqual([{ name: 'image', dtype: 'uint8', shape: ['N', 'H', 'W', 3] }])
    expect(found.outputs).toEqual([
      { name: 'probabilities', dtype: 'float32', shape: ['N', 3] },
      { name: 'logits', dtype: 'float32', shape: ['N', 3] },
      { name: 'class', dtype: 'int64', shape: ['N'] },
    ])
    expect(found.parameters).toBe(net.size)
    expect(found).toMatchObject({ irVersion: 8, producer: 'lathe 0.1.0' })
    const { metadata } = found
    expect(metadata).toMatchObject({ task: 'image-classification', model: 'cnn', run: '4', run_name: 'first', dataset: 'abc', weights_hash: 'def', licence: 'CC BY 4.0' })
    expect(JSON.parse(metadata['classes']!)).toEqual(classNames)
    expect(JSON.parse(metadata['metrics']!)).toEqual({ 'test/accuracy': 0.98 })
    expect(JSON.parse(metadata['versions']!)).toEqual(provenance.versions)
    expect(JSON.parse(metadata['input']!)).toMatchObject({ dtype: 'uint8', layout: 'NHWC', height: 12, width: 10, channels: 3, mean: input.mean, std: input.std })
  })
  test('the same weights give the same bytes', async () => {
    const first = await exportModel(request())
    expect((await exportModel(request({ out: join(folder, 'n.onnx') }))).sha256).toBe(first.sha256)
  })
  test('softmax, logits and class agree', async () => {
    await exportModel(request())
    await using file = await Program.load('m', await readFile(join(folder, 'm.onnx')))
    const image = await decode(sources[49]!)
    const out = await file.run({ image: tensor('uint8', image.data, [1, image.height, image.width, 3]) })
    const logits = [...(out['logits']!.data as Float32Array)]
    const sum = logits.reduce((s, v) => s + Math.exp(v), 0)
    const probabilities = [...(out['probabilities']!.data as Float32Array)]
    logits.forEach((v, i) => {
      expect(probabilities[i]).toBeCloseTo(Math.exp(v) / sum, 5)
    })
    expect(Number((out['class']!.data as BigInt64Array)[0])).toBe(logits.indexOf(Math.max(...logits)))
  })
  test('few samples are all compared; none is an error', async () => {
    const few = await load(sources.slice(0, 3))
    expect((await exportModel(request({ set: few }))).parity.samples).toBe(3)
    await expect(exportModel(request({ set: await load([]) }))).rejects.toMatchObject({ kind: 'data' })
  })
})

describe('a failed export', () => {
  const out = (): string => join(folder, 'm.onnx')
  const kept = async (): Promise<void> => {
    expect(await readdir(folder)).toEqual(['m.onnx'])
    expect(await readFile(out(), 'utf8')).toBe('older')
  }
  beforeEach(() => writeFile(out(), 'older'))
  test('for want of parity leaves the older file as it was and nothing beside it', async () => {
    const other = [...sources].reverse()
    await expect(exportModel(request({ read: (id) => other[id - 1]! }))).rejects.toMatchObject({ kind: 'parity', message: expect.stringMatching(/largest difference of probabilities .* \(sample \d+, batch 1\), at most 1e-5 is allowed/) as string })
    await kept()
  })
  test('by weights that are not finite is no parity', async () => {
    await expect(exportModel(request({ weights: weights.map(() => NaN) }))).rejects.toMatchObject({ kind: 'parity' })
    await kept()
  })
  test('that is cancelled too', async () => {
    await expect(exportModel(request({ signal: AbortSignal.abort() }))).rejects.toMatchObject({ name: 'AbortError' })
    await kept()
  })
  test('by wrong arguments says what to do', async () => {
    await expect(exportModel(request({ opset: 13 }))).rejects.toMatchObject({ kind: 'usage', message: expect.stringContaining('choose 18 to 26') as string })
    await expect(exportModel(request({ out: join(folder, 'photo.png') }))).rejects.toMatchObject({ kind: 'usage' })
    await expect(exportModel(request({ out: join(folder, 'no/m.onnx') }))).rejects.toMatchObject({ kind: 'not-found', message: expect.stringContaining('its folder does not exist') as string })
    await expect(exportModel(request({ weights: weights.subarray(1) }))).rejects.toMatchObject({ kind: 'corrupt' })
    await kept()
    await mkdir(join(folder, 'dir.onnx'))
    await expect(exportModel(request({ out: join(folder, 'dir.onnx') }))).rejects.toMatchObject({ kind: 'usage', message: expect.stringContaining('is a folder') as string })
  })
  test.each([
    ['ENOSPC', 'disk-full'],
    ['EROFS', 'read-only'],
    ['EACCES', 'read-only'],
  ])('by %s of the disk is %s', async (code, kind) => {
    await expect(replaceFile(out(), Uint8Array.of(1), () => Promise.reject(Object.assign(new Error(code), { code })))).rejects.toMatchObject({ kind })
    await kept()
  })
})

test('parity finds a file made of other weights', async () => {
  await exportModel(request())
  const model = await readFile(join(folder, 'm.onnx'))
  const nearly = weights.slice()
  nearly[0] = nearly[0]! + 0.05
  await expect(checkParity({ model, config, classes: 3, weights: nearly, set, read })).rejects.toMatchObject({ kind: 'parity' })
  expect((await checkParity({ model, config, classes: 3, weights, set, read })).maxAbsDiff).toBeLessThanOrEqual(1e-5)
})

test('the same network can be explained, by its name and weights', async () => {
  const pixels = new Uint8Array(360)
  set.fill([0], { pixels }, null)
  const found = await explain({ config, classNames, weights, features: { pixels }, method: 'integrated-gradients', target: null, options: {} })
  expect(found.completenessGap).toBeLessThan(0.01)
  expect(found.map.length).toBe(120)
  await using file = await exportModel(request()).then(async ({ path }) => Program.load('m', await readFile(path)))
  const { probabilities } = await file.run({ image: tensor('uint8', pixels, [1, 12, 10, 3]) })
  expect(found.target.probability).toBeCloseTo(Math.max(...(probabilities!.data as Float32Array)), 5)
  expect(() => networkModel(config, 3, weights.subarray(2))).toThrow('weights, the model')
  const model = networkModel(config, 3, weights)
  const [first, second] = [model.randomised(0, 1), model.randomised(1, 1)]
  expect(first.get('head.weight')).not.toEqual(model.weights.get('head.weight'))
  expect(first.get('conv1.weight')).toEqual(model.weights.get('conv1.weight'))
  expect(first.get('head.weight')).not.toEqual(second.get('head.weight'))
  expect(model.randomised(0, model.depth).get('conv1.weight')).not.toEqual(model.weights.get('conv1.weight'))
})
