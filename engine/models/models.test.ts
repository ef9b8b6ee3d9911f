// Templates, network and summary: counts worked out by hand, initial weights, and the graph against the summary.
import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { Program, tensor } from '../compile/program.ts'
import { Random } from '../data/random.ts'
import { Graph } from '../graph/graph.ts'
import { topological } from '../graph/order.ts'
import { initializer } from '../initializers/index.ts'
import { smallConfig } from '../train/testing.ts'
import { model, models } from './index.ts'
import { network } from './network.ts'
import { summarize } from './summarize.ts'

const digits = smallConfig({ modelOptions: { filters: [16, 32], dense: 64 }, dropout: 0, input: { kind: 'image', height: 28, width: 28, channels: 1, mean: [0], std: [1] } })

test('the CNN of the spike has its parameters and multiply-adds', () => {
  const s = summarize(digits, 10)
  expect(s.parameters).toBe(16 * 9 + 16 + 32 * 16 * 9 + 32 + 32 * 49 * 64 + 64 + 640 + 10)
  expect(s.bytes).toBe(4 * s.parameters)
  expect(s.multiplyAdds).toBe(28 * 28 * 16 * 9 + 14 * 14 * 32 * 16 * 9 + 32 * 49 * 64 + 640)
  expect(s.layers.map((l) => [l.name, l.output.join('×'), l.parameters])).toEqual([
    ['conv1', 'N×16×28×28', 160], ['relu1', 'N×16×28×28', 0], ['pool1', 'N×16×14×14', 0],
    ['conv2', 'N×32×14×14', 4640], ['relu2', 'N×32×14×14', 0], ['pool2', 'N×32×7×7', 0],
    ['flatten', 'N×1568', 0], ['dense1', 'N×64', 100_416], ['relu3', 'N×64', 0], ['head', 'N×10', 650],
  ])
})

test('the MLP of the spike', () => {
  const s = summarize({ ...digits, model: 'mlp', modelOptions: { hidden: [256, 128] } }, 10)
  expect(s.parameters).toBe(784 * 256 + 256 + 256 * 128 + 128 + 1280 + 10)
  expect(s.layers.at(-1)).toEqual({ name: 'head', type: 'dense', output: ['N', 10], parameters: 1290 })
})

test('what stands still is counted by layer', () => {
  const { layers } = summarize({ ...digits, model: 'mlp', modelOptions: { hidden: [8, 4] } }, 10, new Set(['dense1.weight', 'dense1.bias', 'dense2.bias']))
  expect(layers.flatMap((layer) => (layer.parameters > 0 ? [[layer.name, layer.parameters, layer.frozen]] : []))).toEqual([['dense1', 784 * 8 + 8, 784 * 8 + 8], ['dense2', 36, 4], ['head', 50, undefined]])
})

/** Networks of other samples have tests of their own. */
const ofPictures = Object.entries(models).filter(([, def]) => def.tasks.some((id) => id === 'image-classification')).map(([name]) => name)

test.each(ofPictures)('%s: summary, parameters and graph agree, in training and in inference', async (name) => {
  const config = smallConfig({ model: name, modelOptions: {} })
  const net = network(config, 3)
  expect(summarize(config, 3).parameters).toBe(net.trainable)
  expect(net.initialWeights(1)).toHaveLength(net.size)
  expect(new Set(net.parameters.map((p) => p.name)).size).toBe(net.parameters.length)
  for (const training of [true, false]) {
    const graph = new Graph(name)
    const x = graph.input('x', 'float32', [training ? 2 : 'N', 1, 8, 8])
    const masks: string[] = []
    const built = net.build(graph, { x }, { training, keepMask: (layer, shape) => (masks.push(layer), graph.input(`mask ${layer}`, 'float32', shape)) })
    expect(built.outputs['logits']!.shape).toEqual([training ? 2 : 'N', 3])
    expect(graph.parameters.map((p) => [p.name, p.shape])).toEqual(net.parameters.map((p) => [p.name, p.shape]))
    expect([...built.layers.keys()]).toEqual(net.layers.map((l) => l.name))
    for (const l of net.layers) expect(built.layers.get(l.name)?.shape.slice(1), l.name).toEqual(l.output)
    expect(masks).toEqual(training ? net.layers.filter((l) => l.type === 'dropout').map((l) => l.name) : [])
    graph.output('logits', built.outputs['logits']!)
    await using program = await Program.create(graph, { threads: 1 })
    expect(program.outputs.map((o) => o.name)).toEqual(['logits'])
  }
})

test('a residual network by hand: 8×8 pictures, two stages of 4 and 8 filters', () => {
  const s = summarize(smallConfig({ model: 'residual-cnn', modelOptions: { filters: [4, 8], blocks: 1 }, dropout: 0 }), 3)
  const [stem, first, second] = [36 + 8, 2 * (4 * 4 * 9 + 8), 8 * 4 * 9 + 16 + (8 * 8 * 9 + 16) + (8 * 4 + 16)]
  expect(s.layers.map((l) => [l.name, l.output.join('×'), l.parameters])).toEqual([
    ['stem', 'N×4×8×8', 36], ['stem-norm', 'N×4×8×8', 8], ['stem-activation', 'N×4×8×8', 0],
    ['stage1-block1', 'N×4×8×8', first], ['stage2-block1', 'N×8×4×4', second], ['pool', 'N×8', 0], ['head', 'N×3', 27],
  ])
  expect(s.parameters).toBe(stem + first + second + 27)
  // Running means and variances are stored as well: two numbers a channel of each of the six norms.
  expect(s.bytes).toBe(4 * (s.parameters + 2 * (4 + 4 + 4 + 8 + 8 + 8)))
})

test('statistics come last in the flat vector, with a mean of 0 and a variance of 1, and neither decay nor train', () => {
  const net = network(smallConfig({ model: 'depthwise-cnn', modelOptions: { filters: [4, 8], squeezeExcite: true, pathDropout: 0.2, blocks: 2 } }), 3)
  const kinds = net.parameters.map((p) => p.trainable)
  expect(kinds.lastIndexOf(true)).toBeLessThan(kinds.indexOf(false))
  const fixed = net.parameters.filter((p) => !p.trainable)
  expect(fixed.every((p) => /running_(mean|var)$/.test(p.name) && !p.decay)).toBe(true)
  const tail = net.initialWeights(1).subarray(net.trainable)
  expect(tail).toHaveLength(net.size - net.trainable)
  expect(tail.filter((v) => v === 1)).toHaveLength(tail.length / 2)
  expect(tail.filter((v) => v === 0)).toHaveLength(tail.length / 2)
})

test.each(['residual-cnn', 'depthwise-cnn'])('%s: folded into its convolutions it gives the same logits without a single norm', async (name) => {
  const config = smallConfig({ model: name, modelOptions: { filters: [4, 8], blocks: 2, squeezeExcite: true } })
  const net = network(config, 3)
  const random = new Random(3, 'sample')
  const values = new Map(net.parameters.map((p) => [p.name, Float32Array.from({ length: p.shape.reduce((a, b) => a * b, 1) }, () => (p.name.endsWith('running_var') ? 0.5 + random.uniform() : random.normal() * 0.4))]))
  const x = tensor('float32', Float32Array.from({ length: 2 * 64 }, () => random.normal()), [2, 1, 8, 8])
  const logits: number[][] = []
  for (const fold of [false, true]) {
    const graph = new Graph(name)
    const built = net.build(graph, { x: graph.input('x', 'float32', ['N', 1, 8, 8]) }, { training: false, ...(fold && { fold: values }) })
    graph.output('logits', built.outputs['logits']!)
    expect(topological(graph, [built.outputs['logits']!]).some((n) => n.op.name === 'BatchNormalization')).toBe(!fold)
    await using program = await Program.create(graph, { threads: 1, parameters: new Map([...values, ...built.folded]) })
    logits.push(Array.from((await program.run({ x }))['logits']!.data as Float32Array))
  }
  logits[0]!.forEach((v, i) => { expect(Math.abs(v - logits[1]![i]!)).toBeLessThan(1e-4 * Math.max(1, Math.abs(v))) })
})

test('the last convolution is found with its activation, before pooling', () => {
  const graph = new Graph('cnn')
  const built = network(digits, 10).build(graph, { x: graph.input('x', 'float32', ['N', 1, 28, 28]) }, { training: false })
  expect(built.lastConv).toBe(built.layers.get('relu2'))
  const mlp = new Graph('mlp')
  expect(network({ ...digits, model: 'mlp', modelOptions: {} }, 10).build(mlp, { x: mlp.input('x', 'float32', ['N', 1, 28, 28]) }, { training: false }).lastConv).toBeNull()
})

test('parameter i starts from its initializer with Random(seed, init, i); biases at zero', () => {
  const net = network(digits, 10)
  const flat = net.initialWeights(42)
  expect(net.initialWeights(42)).toEqual(flat)
  expect(net.initialWeights(43)).not.toEqual(flat)
  const expected = new Float32Array(32 * 16 * 9)
  initializer('he-normal').fill(expected, { in: 144, out: 288 }, new Random(42, 'init', 2))
  expect(flat.subarray(160, 160 + expected.length)).toEqual(expected)
  expect(flat.subarray(144, 160).every((v) => v === 0)).toBe(true)
})

test('options that do not fit are refused with what to do', () => {
  const of = (modelOptions: Record<string, unknown>, name = 'cnn') => () => network(smallConfig({ model: name, modelOptions }), 3)
  expect(of({ filters: [4, 4, 4, 4] })).toThrow(/4 blocks halve a picture of 8×8 below one pixel; use at most 3 blocks/)
  expect(of({ filters: [] })).toThrow(/filters/)
  expect(of({ hiden: [3] }, 'mlp')).toThrow(/model mlp: .*hiden/)
  expect(of({}, 'resnet')).toThrow(/no model 'resnet'; there are cnn, mlp/)
  expect(() => network(smallConfig({ initializer: 'magic' }), 3).initialWeights(1)).toThrow(/no initializer 'magic'/)
})

test('every file of the room that is a template is in the registry', () => {
  const files = readdirSync(import.meta.dirname).filter((f) => f.endsWith('.ts') && !f.endsWith('.test.ts') && !['ensemble.ts', 'index.ts', 'model.ts', 'network.ts', 'options.ts', 'stages.ts', 'summarize.ts', 'wires.ts'].includes(f))
  expect(files.map((f) => f.replace('.ts', '')).sort()).toEqual(Object.keys(models).sort())
  for (const [name, def] of Object.entries(models)) {
    expect(model(name)).toBe(def)
    expect(def.options.safeParse({}).success, name).toBe(true)
  }
})
