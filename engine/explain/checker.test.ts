// One checker for all methods: known answers on models made by hand, and errors that say what to do.
import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { LatheError } from '../contract/errors.ts'
import type { ImageInput } from '../contract/recipe.ts'
import { Random } from '../data/random.ts'
import type { Graph, Value } from '../graph/graph.ts'
import { conv, flatten, gemm, maxPool, mul, reduceSum, relu } from '../ops/build.ts'
import { imageAttribution } from '../tasks/image/attribution.ts'
import { explainModel } from './explain-model.ts'
import { method, methods } from './index.ts'
import type { Attribution, Explainable, Weights } from './method.ts'

const input = (channels: 1 | 3, side = 4): ImageInput => ({ kind: 'image', height: side, width: side, channels, mean: channels === 1 ? [0.25] : [0.2, 0.3, 0.4], std: channels === 1 ? [0.5] : [0.5, 0.25, 1] })
const draw = (n: number, index: number): Float32Array => {
  const random = new Random(1, 'explain', index)
  return Float32Array.from({ length: n }, () => random.normal())
}

/** A model of pictures with what it gives for one. */
function picture(name: string, of: ImageInput, targets: number, weights: Weights, build: (graph: Graph, x: Value) => { logits: Value; lastConv: Value | null }, randomised: (draw: number) => Weights): Explainable {
  return {
    name,
    shape: [of.channels, of.height, of.width],
    map: imageAttribution(of),
    features: {},
    targets,
    weights,
    build: (graph, x, target) => {
      const { logits, lastConv } = build(graph, x)
      return { score: reduceSum(mul(logits, target), [1]), lastConv }
    },
    depth: 1,
    randomised,
  }
}

/** logits = flatten(x) · W + b, or with x² in place of x. */
function linear(of: ImageInput, classes = 3, squared = false): Explainable {
  const features = of.channels * of.height * of.width
  const weights = new Map([['w', draw(features * classes, 1)], ['b', draw(classes, 2)]])
  return picture(
    'linear',
    of,
    classes,
    weights,
    (g, x) => ({ logits: gemm(flatten(squared ? mul(x, x) : x, 1), g.parameter('w', [features, classes]), g.parameter('b', [classes])), lastConv: null }),
    (n) => new Map([['w', draw(features * classes, 10 + n)], ['b', draw(classes, 20 + n)]]),
  )
}
/** conv (two 1 × 1 filters: x and −x) → ReLU → 2 × 2 pool → dense with given weights. */
function convolutional(head: Float32Array): Explainable {
  const of = { ...input(1), mean: [0], std: [1] }
  const weights: Weights = new Map([['filters', Float32Array.of(1, -1)], ['head', head]])
  return picture(
    'conv',
    of,
    2,
    weights,
    (g, x) => {
      const lastConv = relu(conv(x, g.parameter('filters', [2, 1, 1, 1]), null, {}))
      return { lastConv, logits: gemm(flatten(maxPool(lastConv, { kernel: [2, 2], strides: [2, 2] }), 1), g.parameter('head', [8, 2]), null) }
    },
    (n) => new Map([...weights, ['head', draw(16, n)]]),
  )
}
async function attribute(name: string, model: Explainable, x: Float32Array, target: number, options: unknown = {}): Promise<Attribution> {
  await using prepared = await method(name).prepare(model, options)
  return await prepared.attribute({ x, features: {}, target, weights: model.weights, exact: true, signal: undefined, onProgress: () => undefined })
}
const logit = (model: Explainable, x: Float32Array, target: number): number => {
  const w = model.weights.get('w')!
  return x.reduce((sum, v, i) => sum + v * w[i * model.targets + target]!, model.weights.get('b')![target]!)
}

describe('integrated gradients', () => {
  test.each([1, 3] as const)('of a linear model of %i channels is w · (x − baseline), exactly', async (channels) => {
    const model = linear(input(channels))
    const { mean, std } = input(channels)
    const x = draw(channels * 16, 3)
    const { map, completenessGap } = await attribute('integrated-gradients', model, x, 1)
    const w = model.weights.get('w')!
    for (let i = 0; i < 16; i++) {
      let expected = 0
      for (let c = 0; c < channels; c++) expected += w[(c * 16 + i) * 3 + 1]! * (x[c * 16 + i]! + mean[c]! / std[c]!)
      expect(map[i]).toBeCloseTo(expected, 5)
    }
    expect(completenessGap).toBeLessThan(1e-5)
    const blackImage = Float32Array.from({ length: channels * 16 }, (_, i) => -mean[Math.floor(i / 16)]! / std[Math.floor(i / 16)]!)
    expect(map.reduce((a, b) => a + b)).toBeCloseTo(logit(model, x, 1) - logit(model, blackImage, 1), 3)
  })
  test('of a quadratic model is w · (x² − baseline²) with any number of steps: the midpoint rule is exact there', async () => {
    const model = linear(input(1), 2, true)
    const x = draw(16, 4)
    const { map } = await attribute('integrated-gradients', model, x, 0, { steps: 2 })
    for (let i = 0; i < 16; i++) expect(map[i]).toBeCloseTo(model.weights.get('w')![i * 2]! * (x[i]! ** 2 - 0.25), 4)
  })
  test('takes more steps until the gap is small, and tells the gap it ends with', async () => {
    const model = convolutional(draw(16, 5))
    const x = draw(16, 6)
    const coarse = await attribute('integrated-gradients', model, x, 0, { steps: 2, maxSteps: 2 })
    const fine = await attribute('integrated-gradients', model, x, 0, { steps: 2, tolerance: 0.001 })
    // From black (zero here) every ReLU keeps its side, so the gradient is constant on the way.
    expect(coarse.completenessGap).toBeLessThan(1e-5)
    expect(fine.completenessGap).toBeLessThan(0.001)
    const bent = linear({ ...input(1), mean: [0], std: [1] }, 2)
    const kinked = picture('kinked', { ...input(1), mean: [0], std: [1] }, 2, bent.weights, (g, v) => ({ lastConv: null, logits: gemm(flatten(relu(conv(v, g.constant(Float32Array.of(1), 'float32', [1, 1, 1, 1]), g.constant(Float32Array.of(-0.37), 'float32', [1]), {})), 1), g.parameter('w', [16, 2]), g.parameter('b', [2])) }), () => bent.weights)
    const rough = await attribute('integrated-gradients', kinked, Float32Array.from(x, Math.abs), 0, { steps: 2, maxSteps: 2 })
    const better = await attribute('integrated-gradients', kinked, Float32Array.from(x, Math.abs), 0, { steps: 2 })
    expect(rough.completenessGap).toBeGreaterThan(0.01)
    expect(better.completenessGap).toBeLessThan(0.01)
  })
  test('can be cancelled', async () => {
    await using prepared = await method('integrated-gradients').prepare(linear(input(1)), {})
    await expect(prepared.attribute({ x: draw(16, 3), features: {}, target: 0, weights: linear(input(1)).weights, exact: true, signal: AbortSignal.abort(), onProgress: () => undefined })).rejects.toMatchObject({ name: 'AbortError' })
  })
})

describe('Grad-CAM', () => {
  // Only the first filter's first quarter speaks for class 0, with weight 4; the second filter is silent on positive x.
  const head = new Float32Array(16)
  head[0] = 4
  const x = Float32Array.from({ length: 16 }, (_, i) => i + 1)
  test('of a model made by hand is the known answer', async () => {
    const { map, completenessGap } = await attribute('grad-cam', convolutional(head), x, 0)
    // ∂logit/∂A is 4 at one of 16 places of map 0 and 0 elsewhere: α = 4/16, and the map is relu(α · x).
    for (let i = 0; i < 16; i++) expect(map[i]).toBeCloseTo((i + 1) / 4, 6)
    expect(completenessGap).toBeNull()
  })
  test('what speaks against the class is cut off', async () => {
    const { map } = await attribute('grad-cam', convolutional(head.map((v) => -v)), x, 0)
    expect([...map]).toEqual(new Array(16).fill(0))
  })
  test('small maps are brought to the size of the input', async () => {
    const small = convolutional(head)
    const model = picture('small', { ...input(1), mean: [0], std: [1] }, 2, small.weights, (g, v) => {
      const lastConv = relu(conv(v, g.parameter('filters', [2, 1, 1, 1]), null, { strides: [2, 2] }))
      return { lastConv, logits: gemm(flatten(lastConv, 1), g.parameter('head', [8, 2]), null) }
    }, () => small.weights)
    const { map } = await attribute('grad-cam', model, x, 0)
    // Corners of a half-pixel linear enlargement are the corners of the small map [[1, 3], [9, 11]], times α = 4/4.
    expect([map[0], map[3], map[12], map[15]]).toEqual([1, 3, 9, 11])
    expect(map[1]).toBeCloseTo(1.5, 6)
  })
  test('needs a convolution, and says so', async () => {
    await expect(attribute('grad-cam', linear(input(1)), draw(16, 3), 0)).rejects.toMatchObject({ kind: 'usage', message: expect.stringContaining("the model 'linear' has none: use integrated-gradients") as string })
  })
})

test('saliency of a linear model is the largest |w| over channels', async () => {
  const model = linear(input(3))
  const { map } = await attribute('saliency', model, draw(48, 3), 2)
  const w = model.weights.get('w')!
  for (let i = 0; i < 16; i++) expect(map[i]).toBeCloseTo(Math.max(...[0, 1, 2].map((c) => Math.abs(w[(c * 16 + i) * 3 + 2]!))), 6)
})

describe('explainModel', () => {
  const x = Float32Array.from({ length: 16 }, (_, i) => i / 16)
  const classNames = ['a', 'b', 'c']
  const request = { x, features: {}, probabilities: Float32Array.of(0.2, 0.7, 0.1), target: 1, nameOf: (i: number) => classNames[i] ?? '', labels: null, options: {} }
  test.each(Object.keys(methods))('%s: the target with its probability, a map of the input’s size, a verdict with reasons; the same twice', async (name) => {
    const model = name === 'grad-cam' ? convolutional(draw(16, 5)) : linear(input(1))
    const found = await explainModel({ ...request, model, method: name })
    expect(found.target).toEqual({ index: 1, class: 'b', probability: request.probabilities[1] })
    expect(found.probabilities?.map((p) => p.class)).toEqual(classNames)
    expect([found.kind, found.map.length, found.height, found.width, found.signed]).toEqual(['image', 16, 4, 4, methods[name as keyof typeof methods].signed])
    expect(found.trust.reasons.length).toBe(found.completenessGap === null ? 1 : 2)
    if (!found.signed) expect(Math.min(...found.map)).toBeGreaterThanOrEqual(0)
    expect(await explainModel({ ...request, model, method: name })).toEqual(found)
  })
  test('a target that is not there is refused', async () => {
    await expect(explainModel({ ...request, model: linear(input(1)), method: 'saliency', target: 3 })).rejects.toMatchObject({ kind: 'usage', message: 'class 3: the model has 3 classes, 0 to 2' })
  })
  test('a model that does not listen to its weights fails the sanity check', async () => {
    const model = linear(input(1))
    const deaf = { ...model, randomised: () => model.weights }
    const { trust } = await explainModel({ ...request, model: deaf, method: 'integrated-gradients', target: 0 })
    expect(trust.verdict).toBe('fail')
    expect(trust.reasons[1]).toContain('gives much the same map (rank correlation beyond chance: 1.00 with its layer random)')
  })
  test('unknown methods and options are refused', async () => {
    const model = linear(input(1))
    await expect(explainModel({ ...request, model, method: 'magic' })).rejects.toThrow("there is no explanation method 'magic'; there are: integrated-gradients, grad-cam, saliency")
    await expect(explainModel({ ...request, model, method: 'integrated-gradients', options: { stpes: 3 } })).rejects.toThrow(LatheError)
    await expect(explainModel({ ...request, model, method: 'integrated-gradients', options: { steps: 0 } })).rejects.toThrow("option 'steps'")
  })
})

test('the registry names every method', () => {
  const files = readdirSync(new URL('./methods', import.meta.url)).map((f) => f.replace('.ts', ''))
  expect(Object.keys(methods).sort()).toEqual(files.sort())
})
