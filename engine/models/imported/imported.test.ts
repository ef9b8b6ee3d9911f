// Models from files: weights as the file has them, the same features, frozen parts that stay, gradients that do not; and what is refused.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { modelBytes } from '../../compile/bytes.ts'
import { Program, tensor } from '../../compile/program.ts'
import type { TrainConfig } from '../../contract/recipe.ts'
import type { DataSet } from '../../data/types.ts'
import { importModel } from '../../export/import-model.ts'
import { Graph, type Value } from '../../graph/graph.ts'
import { conv, flatten, gemm, globalAveragePool, relu, softmax, transpose } from '../../ops/build.ts'
import { classifiedImages } from '../../tasks/image/image-set.ts'
import { frozenAt } from '../../train/freezing.ts'
import { train } from '../../train/loop.ts'
import type { TrainOutcome, TrainState } from '../../train/types.ts'
import { smallConfig } from '../../train/testing.ts'
import { network } from '../network.ts'
import { backbone, backboneKind } from './backbone.ts'
import { lendModelFiles } from './files.ts'

const SIDE = 16
const resnet = readFileSync(path.resolve(import.meta.dirname, '../../../test/fixtures/onnx/resnet.onnx'))
const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const wave = (n: number, k = 0): Float32Array => Float32Array.from({ length: n }, (_, i) => Math.sin(1.3 * i + k) / 2)

/** A network of ours, as a file: convolution, ReLU, mean, dense, softmax; channels last where asked. */
function own(last: boolean): Uint8Array {
  const g = new Graph('own')
  const x = g.input('x', 'float32', last ? ['N', SIDE, SIDE, 3] : ['N', 3, 'h', 'w'])
  const h = relu(conv(last ? transpose(x, [0, 3, 1, 2]) : x, g.parameter('stem.weight', [8, 3, 3, 3]), g.parameter('stem.bias', [8]), { pads: 1 }))
  g.output('y', softmax(gemm(flatten(globalAveragePool(h), 1), g.parameter('fc.weight', [8, 5]), g.parameter('fc.bias', [5]))))
  return modelBytes(g, { parameters: new Map([['stem.weight', wave(216)], ['stem.bias', wave(8, 1)], ['fc.weight', wave(40, 2)], ['fc.bias', wave(5, 3)]]) })
}

const config = (bytes: Uint8Array, options: object = {}, changes: Partial<TrainConfig> = {}): TrainConfig =>
  smallConfig({ model: 'imported', modelOptions: { sha256: hash(bytes), ...options }, input: { kind: 'image', height: SIDE, width: SIDE, channels: 3, mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] }, augment: null, dropout: 0, ...changes })

/** Red, green and blue pictures, with noise. */
function colours(count: number): DataSet {
  const pixels = Uint8Array.from({ length: count * SIDE * SIDE * 3 }, (_, i) => (i % 3 === Math.floor(i / (SIDE * SIDE * 3)) % 3 ? 160 : 60) + ((i * 7919) % 60))
  return classifiedImages({ input: { kind: 'image', height: SIDE, width: SIDE, channels: 3, mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] }, pixels, ids: Int32Array.from({ length: count }, (_, i) => i + 1), labels: Int32Array.from({ length: count }, (_, i) => i % 3), augment: null })
}
const run = (of: TrainConfig): Promise<TrainOutcome> =>
  train({ config: of, classes: ['red', 'green', 'blue'], train: colours(60), val: colours(15), resume: null, from: null, signals: { control: () => 'run' }, emit: () => undefined, save: () => undefined })

const named = ({ parameters, weights }: TrainState): Map<string, Float32Array> => {
  let at = 0
  return new Map(parameters.map(({ name, shape }) => [name, weights.subarray(at, (at += shape.reduce((a, b) => a * b, 1)))]))
}

describe('imported', () => {
  it.each([['by PyTorch', resnet], ['of ours', own(false)], ['of ours, channels last', own(true)]])('%s: starts from the weights and the features of the file', async (_, bytes) => {
    using _lent = lendModelFiles((sha256) => (sha256 === hash(bytes) ? bytes : null))
    const net = network(config(bytes), 3)
    const model = importModel(bytes)
    const start = named({ parameters: net.parameters, weights: net.initialWeights(1), optimizer: {}, position: {} })
    for (const [name, values] of model.parameters) if (start.has(`file.${name}`)) expect(Array.from(start.get(`file.${name}`)!), name).toEqual(Array.from(values))
    expect([...start.keys()].filter((name) => !name.startsWith('file.')).sort()).toEqual(['head.bias', 'head.weight'])
    // The value before the head is that of the file, for the same pictures.
    const graph = new Graph('features')
    const x = graph.input('x', 'float32', [2, 3, SIDE, SIDE])
    const { layers, lastConv } = net.build(graph, { x }, { training: false })
    const features = layers.get('file')!
    expect(lastConv?.shape.length).toBe(4)
    graph.output('features', features)
    await using ours = await Program.create(graph, { parameters: start })
    const pixels = wave(2 * 3 * SIDE * SIDE)
    const found = await ours.run({ x: tensor('float32', pixels, [2, 3, SIDE, SIDE]) })
    const last = model.graph.inputs[0]!.shape[3] === 3
    const cut = [...model.values].find(([, v]) => v.shape.length === 2 && v.shape[1] === 8 && v.producer?.op.name !== 'Gemm')![1]
    model.graph.outputs.clear()
    model.graph.output('features', cut)
    await using file = await Program.create(model.graph, { parameters: model.parameters })
    const given = last ? Float32Array.from({ length: pixels.length }, (_v, i) => pixels[Math.floor(i / (SIDE * SIDE * 3)) * SIDE * SIDE * 3 + (i % 3) * SIDE * SIDE + (Math.floor(i / 3) % (SIDE * SIDE))]!) : pixels
    const want = await file.run({ [model.graph.inputs[0]!.name]: tensor('float32', given, last ? [2, SIDE, SIDE, 3] : [2, 3, SIDE, SIDE]) })
    ;(want['features']!.data as Float32Array).forEach((v, i) => { expect((found['features']!.data as Float32Array)[i]).toBeCloseTo(v, 5) })
  })

  it('learns; what is frozen stays bit for bit', async () => {
    using _lent = lendModelFiles(() => resnet)
    const start = named({ parameters: network(config(resnet), 3).parameters, weights: network(config(resnet), 3).initialWeights(1), optimizer: {}, position: {} })
    const moved = async (freeze: string | null): Promise<string[]> => {
      const { state, metrics } = await run(config(resnet, { freeze }, { epochs: 6 }))
      if (freeze === null) expect(metrics['train/loss']).toBeLessThan(1.05)
      return [...named(state)].filter(([name, values]) => !values.every((v, i) => Object.is(v, start.get(name)![i]))).map(([name]) => name)
    }
    const all = await moved(null)
    expect(all).toContain('head.weight')
    expect(all.filter((name) => name.startsWith('file.')).length).toBeGreaterThan(5)
    expect((await moved('.*')).sort()).toEqual(['head.bias', 'head.weight'])
  }, 60_000)

  it('thaws from the head down where the recipe says so', async () => {
    using _lent = lendModelFiles(() => resnet)
    const still = (epoch: number): number => frozenAt(config(resnet, { freeze: '.*' }, { unfreeze: [1, 2] }), network(config(resnet, { freeze: '.*' }, { unfreeze: [1, 2] }), 3), epoch).size
    expect([still(0) > still(1), still(1) > 0, still(2)]).toEqual([true, true, 0])
    const { state } = await run(config(resnet, { freeze: '.*' }, { epochs: 2, unfreeze: [1] }))
    const start = network(config(resnet), 3)
    const begin = named({ parameters: start.parameters, weights: start.initialWeights(1), optimizer: {}, position: {} })
    expect([...named(state)].filter(([name, values]) => name.startsWith('file.') && !values.every((v, i) => Object.is(v, begin.get(name)![i]))).length).toBeGreaterThan(5)
  }, 60_000)

  it('gives the same weights for the same seed', async () => {
    using _lent = lendModelFiles(() => own(false))
    const bytes = own(false)
    const first = await run(config(bytes, {}, { epochs: 2 }))
    expect((await run(config(bytes, {}, { epochs: 2 }))).weightsHash).toBe(first.weightsHash)
    expect((await run(config(bytes, {}, { epochs: 2, seed: 2 }))).weightsHash).not.toBe(first.weightsHash)
  }, 60_000)

  it('refuses by name what does not fit', () => {
    const bytes = own(true)
    using _lent = lendModelFiles((sha256) => (sha256 === hash(bytes) ? bytes : null))
    const build = (options: object, changes: Partial<TrainConfig> = {}) => () => network({ ...config(bytes), ...changes, modelOptions: { sha256: hash(bytes), ...options } }, 3)
    expect(build({ head: 'nothing' })).toThrow("has no value 'nothing'; it has")
    expect(build({ freeze: '(' })).toThrow('freeze is no regular expression')
    expect(build({ sha256: 'a'.repeat(64) })).toThrow('the project has no model file aaaaaaaaaaaa…; open the ONNX file again')
    expect(build({ sha256: '' })).toThrow('no file is chosen')
    expect(build({}, { input: { ...smallConfig().input, height: 8 } as TrainConfig['input'] })).toThrow('the file takes 3 channels of 16×16 pixels, the recipe gives 1 channels of 8×8 pixels: set input.channels')
  })

  /** Of one linear layer behind whatever turns `x` into [N, F]. */
  const file = (shape: (number | string)[], of: (x: Value) => Value, width: number): Uint8Array => {
    const g = new Graph('body')
    const h = relu(gemm(of(g.input('x', 'float32', shape)), g.parameter('body', [width, 6])))
    g.output('y', gemm(h, g.parameter('fc', [6, 2])))
    return modelBytes(g, { parameters: new Map([['body', wave(width * 6)], ['fc', wave(12, 1)]]) })
  }
  const column = (name: string): object => ({ name, type: 'number', mean: 0, std: 1, fill: 0, missing: false })
  const row = (columns: object[]): object => ({ kind: 'row', columns, target: { mean: 0, std: 1 } })
  const series = { kind: 'series', channels: ['a', 'b', 'c'], steps: 5, rate: null, mean: [0, 0, 0], std: [1, 1, 1] }
  const built = (bytes: Uint8Array, task: string, input: object): { outputs: Record<string, readonly unknown[]>; names: string[] } => {
    using _lent = lendModelFiles(() => bytes)
    const net = network(smallConfig({ task, input: input as TrainConfig['input'], model: 'imported', modelOptions: { sha256: hash(bytes) }, augment: null }), 4)
    const graph = new Graph('built')
    const x = graph.input('x', 'float32', ['N', ...net.layers.find(({ name }) => name === 'file')!.input])
    return { names: net.parameters.map((p) => p.name), outputs: Object.fromEntries(Object.entries(net.build(graph, { x }, { training: true }).outputs).map(([name, v]) => [name, v.shape])) }
  }

  it('serves rows, series with channels before or behind the steps, and several classes a picture', () => {
    const rows = file(['N', 3], (x) => x, 3)
    expect(built(rows, 'tabular-classification', row(['a', 'b', 'c'].map(column)))).toEqual({ outputs: { logits: ['N', 4] }, names: ['file.body', 'head.weight', 'head.bias'] })
    expect(built(rows, 'tabular-regression', row(['a', 'b', 'c'].map(column))).outputs).toEqual({ value: ['N'] })
    expect(() => built(rows, 'tabular-regression', row(['a', 'b'].map(column)))).toThrow('the file takes 3 numbers a row, the recipe gives 2 numbers a row')
    expect(() => built(rows, 'tabular-regression', row([column('a'), { name: 'c', type: 'category', values: ['x', 'y'] }]))).toThrow('some columns of the table hold categories')
    expect(built(file(['N', 3, 5], (x) => flatten(x, 1), 15), 'series-classification', series).outputs).toEqual({ logits: ['N', 4] })
    expect(built(file(['N', 5, 3], (x) => flatten(x, 1), 15), 'series-classification', series).outputs).toEqual({ logits: ['N', 4] })
    expect(() => built(file(['N', 3, 9], (x) => flatten(x, 1), 27), 'series-classification', series)).toThrow('the file takes 3 channels of 9 steps, the recipe gives 3 channels of 5 steps: set input.steps')
    expect(built(own(true), 'image-multilabel', config(own(true)).input).outputs).toEqual({ logits: ['N', 4] })
    expect(() => backboneKind('text')).toThrow('the project learns from text; an imported model takes one tensor of numbers')
    expect(() => backbone(rows, 'rows.onnx', null, 'audio')).toThrow("rows.onnx: its input 'x' is float32 [N, 3]; recordings need float32 maps [N, 1, bands, frames]")
  })
})
