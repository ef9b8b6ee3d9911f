// Every layer: shapes against what ONNX Runtime gives, parameter counts, values against plain loops, refusals.
import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { Program, tensor } from '../compile/program.ts'
import { Random } from '../data/random.ts'
import { Graph } from '../graph/graph.ts'
import { layer, layers, type LayerSpec } from './index.ts'
import { product } from './shapes.ts'

const BATCH = 2
const of = (spec: LayerSpec): ReturnType<typeof layer> => layer(spec)
const values = (n: number, index: number): Float32Array => {
  const random = new Random(4, 'sample', index)
  return Float32Array.from({ length: n }, () => random.normal())
}

async function run(spec: LayerSpec, input: readonly number[], training = false): Promise<{ x: Float32Array; y: Float32Array; shape: readonly number[]; parameters: Record<string, Float32Array> }> {
  const bound = layer(spec)
  const graph = new Graph('layer')
  const x = graph.input('x', 'float32', [BATCH, ...input])
  const own = new Map(bound.parameters(input).map((p) => [p.name, graph.parameter(p.name, p.shape)]))
  const y = bound.build(x, { training, parameter: (name) => own.get(name)!, keepMask: (v) => graph.input('mask', 'float32', v.shape) })
  graph.output('y', y)
  await using program = await Program.create(graph, { threads: 1 })
  const feeds = Object.fromEntries(program.inputs.map((p, i) => [p.name, tensor('float32', p.name === 'mask' ? maskOf(product(p.shape as number[])) : values(product(p.shape as number[]), i), p.shape as number[])]))
  const out = await program.run(feeds)
  const parameters = Object.fromEntries([...own.keys()].map((name) => [name, feeds[name]!.data as Float32Array]))
  return { x: feeds['x']!.data as Float32Array, y: out['y']!.data as Float32Array, shape: out['y']!.shape, parameters }
}
const maskOf = (n: number): Float32Array => Float32Array.from({ length: n }, (_, i) => (i % 4 === 0 ? 0 : 4 / 3))

const cases: readonly [LayerSpec, readonly number[]][] = [
  [{ type: 'dense', units: 3 }, [5]],
  [{ type: 'conv2d', filters: 3, kernel: 3 }, [2, 6, 5]],
  [{ type: 'conv2d', filters: 2, kernel: 3, stride: 2, padding: 0 }, [3, 7, 8]],
  [{ type: 'conv2d', filters: 2, kernel: 5, stride: 2, padding: 1 }, [1, 8, 9]],
  [{ type: 'max-pool2d' }, [2, 5, 6]],
  [{ type: 'max-pool2d', kernel: 3, stride: 1 }, [1, 5, 4]],
  [{ type: 'relu' }, [2, 3, 4]],
  [{ type: 'leaky-relu', alpha: 0.2 }, [7]],
  [{ type: 'elu', alpha: 0.5 }, [7]],
  [{ type: 'selu' }, [7]],
  [{ type: 'dropout', rate: 0.25 }, [8]],
  [{ type: 'flatten' }, [2, 3, 4]],
]

test('every layer of the registry is covered here, and every file of the room is in the registry', () => {
  expect(new Set(cases.map(([spec]) => spec.type))).toEqual(new Set(Object.keys(layers)))
  const files = readdirSync(import.meta.dirname).filter((f) => f.endsWith('.ts') && !/\.test\.ts$/.test(f) && !['index.ts', 'layer.ts', 'shapes.ts'].includes(f))
  expect(files.map((f) => f.replace('.ts', '')).sort()).toEqual(Object.keys(layers).sort())
})

test.each(cases)('%j on [%s] has the output shape it says', async (spec, input) => {
  const { shape } = await run(spec, input)
  expect(shape).toEqual([BATCH, ...layer(spec).outputShape(input)])
})

test('dense is x·W + b', async () => {
  const { x, y, parameters } = await run({ type: 'dense', units: 3 }, [5])
  for (let n = 0; n < BATCH; n++) {
    for (let o = 0; o < 3; o++) {
      let sum = parameters['bias']![o]!
      for (let i = 0; i < 5; i++) sum += x[n * 5 + i]! * parameters['weight']![i * 3 + o]!
      expect(y[n * 3 + o]).toBeCloseTo(sum, 5)
    }
  }
})

test('conv2d is a cross-correlation with zero padding', async () => {
  const [C, H, W, F, K, S, P] = [3, 7, 8, 2, 3, 2, 1]
  const { x, y, shape, parameters } = await run({ type: 'conv2d', filters: F, kernel: K, stride: S, padding: P }, [C, H, W])
  const [, , h, w] = shape as [number, number, number, number]
  for (let n = 0; n < BATCH; n++) for (let f = 0; f < F; f++) for (let r = 0; r < h; r++) for (let q = 0; q < w; q++) {
    let sum = parameters['bias']![f]!
    for (let c = 0; c < C; c++) for (let i = 0; i < K; i++) for (let j = 0; j < K; j++) {
      const [row, col] = [r * S + i - P, q * S + j - P]
      if (row >= 0 && row < H && col >= 0 && col < W) sum += x[((n * C + c) * H + row) * W + col]! * parameters['weight']![((f * C + c) * K + i) * K + j]!
    }
    expect(y[((n * F + f) * h + r) * w + q]).toBeCloseTo(sum, 4)
  }
})

test('the ReLU family by its formulas', async () => {
  const formulas: [LayerSpec, (v: number) => number][] = [
    [{ type: 'relu' }, (v) => Math.max(v, 0)],
    [{ type: 'leaky-relu', alpha: 0.2 }, (v) => (v > 0 ? v : 0.2 * v)],
    [{ type: 'elu', alpha: 0.5 }, (v) => (v > 0 ? v : 0.5 * Math.expm1(v))],
    [{ type: 'selu' }, (v) => 1.0507009873554805 * (v > 0 ? v : 1.6732632423543772 * Math.expm1(v))],
  ]
  for (const [spec, f] of formulas) {
    const { x, y } = await run(spec, [20])
    y.forEach((v, i) => { expect(v, spec.type).toBeCloseTo(f(x[i]!), 5) })
  }
})

test('dropout multiplies by its mask in training and does nothing otherwise', async () => {
  const inference = await run({ type: 'dropout', rate: 0.25 }, [8])
  expect(inference.y).toEqual(inference.x)
  const training = await run({ type: 'dropout', rate: 0.25 }, [8], true)
  training.y.forEach((v, i) => { expect(v).toBeCloseTo(training.x[i]! * (i % 4 === 0 ? 0 : 4 / 3), 6) })
})

test('parameters and multiply-adds are counted by the formulas', () => {
  const dense = of({ type: 'dense', units: 10 })
  expect(dense.parameters([64]).map((p) => product(p.shape))).toEqual([640, 10])
  expect(dense.multiplyAdds([64])).toBe(640)
  const conv = of({ type: 'conv2d', filters: 16, kernel: 3 })
  expect(conv.parameters([3, 32, 32]).map((p) => product(p.shape))).toEqual([432, 16])
  expect(conv.multiplyAdds([3, 32, 32])).toBe(32 * 32 * 16 * 3 * 9)
  expect(conv.parameters([3, 32, 32])[0]).toMatchObject({ fan: { in: 27, out: 144 }, decay: true })
})

test('what does not fit is refused with what to do', () => {
  expect(() => of({ type: 'dense', units: 3 }).outputShape([1, 8, 8])).toThrow(/flatten layer before it/)
  expect(() => of({ type: 'conv2d', filters: 3, kernel: 3 }).outputShape([64])).toThrow(/put it before flatten/)
  expect(() => layer({ type: 'max-pool2d' }).outputShape([8, 1, 1])).toThrow(/window of 2 does not fit a side of 1/)
  expect(() => of({ type: 'dense', units: 0 })).toThrow(/units/)
  expect(() => layer({ type: 'magic' })).toThrow(/no layer 'magic'; there are dense/)
})
