// The blocked layout against the standard one: outputs, statistics and all gradients of small networks, and the order of weights.
import { beforeAll, expect, test } from 'vitest'
import { gradients } from '../../autodiff/gradients.ts'
import { Random } from '../../data/random.ts'
import { Graph, type Value } from '../../graph/graph.ts'
import { topological } from '../../graph/order.ts'
import { layer } from '../../layers/index.ts'
import { product } from '../../layers/shapes.ts'
import { add, conv, globalAveragePool, leakyRelu, maxPool, mul, reduceSum, relu, sub } from '../../ops/build.ts'
import { Program, tensor, type Tensor } from '../program.ts'
import { lower } from './layout.ts'
import { blockedOrder, pack, unpack } from './order.ts'
import { blockSize } from './probe.ts'

let block = 0
beforeAll(async () => {
  block = await blockSize()
})

test('order of weights: there and back, and the documented place of each number', () => {
  for (const [shape, c] of [[[32, 16, 3, 3], 16], [[16, 3, 3, 3], 1], [[16, 32, 1, 1], 16]] as const) {
    const n = product(shape)
    const order = blockedOrder(shape, 16)
    expect(new Set(order).size).toBe(n)
    const flat = Float32Array.from({ length: n + 5 }, (_, i) => i)
    const stretches = [{ at: 2, order }]
    const packed = pack(flat, stretches)
    expect(unpack(packed, stretches)).toEqual(flat)
    expect([...packed.subarray(0, 2), ...packed.subarray(n + 2)]).toEqual([0, 1, n + 2, n + 3, n + 4])
    const taps = shape[2] * shape[3]
    // [O/16, C/c, taps, c, 16]: output channel 5, input channel 2, last tap.
    const deep = c === 1 ? (2 * taps + taps - 1) * 16 + 5 : ((taps - 1) * 16 + 2) * 16 + 5
    expect(packed[2 + deep]).toBe(flat[2 + (5 * shape[1] + 2) * taps + taps - 1])
  }
})

interface Net {
  readonly parameters: Readonly<Record<string, readonly number[]>>
  readonly input: readonly number[]
  build(x: Value, p: (name: string) => Value): { readonly y: Value; readonly more?: readonly Value[] }
}

async function results(net: Net, by: number, feeds: Readonly<Record<string, Float32Array>>): Promise<{ values: Map<string, Float32Array>; reordered: number }> {
  const graph = new Graph('test')
  const x = graph.input('x', 'float32', net.input)
  const own = Object.fromEntries(Object.entries(net.parameters).map(([name, shape]) => [name, graph.parameter(name, shape)]))
  const { y, more = [] } = net.build(x, (name) => own[name]!)
  const lowered = by > 0 ? lower(graph, [y, ...more], by) : null
  const of = (v: Value): Value => lowered?.of(v) ?? v
  // A weight for each output, so that no gradient is like another.
  const random = new Random(9, 'sample')
  const n = product(y.shape.map(Number))
  const seed = graph.constant(Float32Array.from({ length: n }, () => random.normal()), 'float32', y.shape.map(Number))
  const names = Object.keys(own)
  const grads = gradients(reduceSum(mul(of(y), seed)), names.map((name) => own[name]!))
  graph.output('y', of(y))
  more.forEach((v, i) => { graph.output(`more${i}`, of(v)) })
  names.forEach((name, i) => { graph.output(`d ${name}`, grads[i]!) })
  const stretches = (name: string): { at: number; order: Int32Array }[] => (lowered?.reordered.has(own[name]!) ? [{ at: 0, order: blockedOrder(net.parameters[name]!, by) }] : [])
  await using program = await Program.create(graph, { threads: 1 })
  const given: Record<string, Tensor> = { x: tensor('float32', feeds['x']!, net.input) }
  for (const name of names) given[name] = tensor('float32', pack(feeds[name]!, stretches(name)), net.parameters[name]!)
  const out = await program.run(given)
  return { reordered: lowered?.reordered.size ?? 0, values: new Map(Object.entries(out).map(([name, t]) => [name, unpack(t.data as Float32Array, name.startsWith('d ') ? stretches(name.slice(2)) : [])])) }
}

async function same(net: Net, convolutions: number, quantum = 0): Promise<void> {
  expect(block, 'this machine has no blocked operators: nothing to test').toBeGreaterThanOrEqual(0)
  if (block === 0) return
  const random = new Random(3, 'sample')
  const draw = (shape: readonly number[], scale: number): Float32Array => Float32Array.from({ length: product(shape) }, () => (quantum > 0 ? Math.round(random.normal() / quantum) * quantum : random.normal()) * scale)
  const feeds = { x: draw(net.input, 1), ...Object.fromEntries(Object.entries(net.parameters).map(([name, shape]) => [name, draw(shape, shape.length === 4 ? 0.15 : 0.5)])) }
  const [expected, found] = [await results(net, 0, feeds), await results(net, block, feeds)]
  expect(found.reordered).toBe(convolutions)
  for (const [name, e] of expected.values) {
    const f = found.values.get(name)!
    const largest = e.reduce((m, v) => Math.max(m, Math.abs(v)), 0)
    expect(largest > 0, name).toBe(!name.startsWith('d running'))
    let worst = 0
    for (let i = 0; i < e.length; i++) worst = Math.max(worst, Math.abs(e[i]! - f[i]!))
    expect(worst / Math.max(largest, 1e-30), `${name} ${[...e.subarray(0, 3)].join()} against ${[...f.subarray(0, 3)].join()}`).toBeLessThan(2e-5)
  }
}

const C3 = { pads: [1, 1, 1, 1] }

test('convolutions from three channels, ReLU, pooling, and a border to standard operators', () =>
  same({
    input: [32, 3, 8, 6],
    parameters: { w1: [16, 3, 3, 3], b1: [16], w2: [32, 16, 3, 3], b2: [32], w3: [16, 32, 1, 1] },
    build: (x, p) => {
      const a = maxPool(relu(conv(x, p('w1'), p('b1'), C3)), { kernel: [2, 2] })
      const b = relu(conv(a, p('w2'), p('b2'), C3))
      return { y: globalAveragePool(leakyRelu(conv(b, p('w3'), null), 0.1)) }
    },
  }, 3))

test('of equal values in a window the first takes the gradient, with and without ReLU', async () => {
  const pool = (active: boolean): Net => ({
    input: [16, 16, 6, 4],
    parameters: { w: [16, 16, 1, 1] },
    // Of weights on a coarse grid and few inputs many sums are equal.
    build: (x, p) => {
      const a = conv(x, p('w'), null)
      return { y: maxPool(active ? relu(a) : a, { kernel: [2, 2] }) }
    },
  })
  await same(pool(true), 1, 4)
  await same(pool(false), 1, 4)
})

test('a value with several users: residual sum, ReLU apart, another kernel and an odd size in standard order', () =>
  same({
    input: [16, 16, 5, 5],
    parameters: { w1: [16, 16, 3, 3], w2: [16, 16, 3, 3], w3: [16, 16, 5, 5] },
    build: (x, p) => {
      const a = relu(conv(x, p('w1'), null, C3))
      const sum = relu(add(conv(a, p('w2'), null, C3), a))
      const pooled = maxPool(sub(sum, 0.5), { kernel: [2, 2] })
      return { y: add(globalAveragePool(pooled), globalAveragePool(conv(a, p('w3'), null, { pads: [2, 2, 2, 2] }))) }
    },
  }, 2))

const bnNet = (rows: boolean, active: boolean): Net => ({
  input: [16, 3, 4, 4],
  parameters: { w1: [32, 3, 3, 3], weight: [32], bias: [32], running_mean: [32], running_var: [32], w2: [16, 32, 3, 3] },
  build: (x, p) => {
    const updates: Value[] = []
    const a = conv(x, p('w1'), null, C3)
    const weights = x.graph.constant(Float32Array.from({ length: 16 }, (_, i) => (i < 13 ? 1 : 0)), 'float32', [16])
    const n = layer({ type: 'batch-norm' }).build(a, {
      training: true,
      rows: rows ? weights : undefined,
      folding: undefined,
      parameter: p,
      update: (_name, v) => {
        updates.push(v)
      },
      keepMask: () => a,
    })
    return { y: conv(active ? relu(n) : n, p('w2'), null, C3), more: updates }
  },
})

test.each([[false, true], [true, true], [true, false]])('batch normalisation with its statistics (padded rows: %s, ReLU: %s)', (rows, active) => same(bnNet(rows, active), 2))

test('with a ReLU behind it the norm is lowered once', () => {
  const graph = new Graph('once')
  const own = Object.fromEntries(Object.entries(bnNet(true, true).parameters).map(([name, shape]) => [name, graph.parameter(name, shape)]))
  const { y, more = [] } = bnNet(true, true).build(graph.input('x', 'float32', [16, 3, 4, 4]), (name) => own[name]!)
  const lowered = lower(graph, [y, ...more], 8)
  const convolutions = topological(graph, [y, ...more].map((v) => lowered.of(v))).filter((node) => node.op.name === 'Conv')
  // The two of the network; centring, sum of squares, and factor with bias of the norm.
  expect(convolutions).toHaveLength(5)
})

test.each([[8, 8], [4, 8], [24, 4]])('a batch of %i, whose pictures of height %i are cut into strips', (batch, side) =>
  same({
    input: [batch, 2, side, 5],
    parameters: { w1: [16, 2, 3, 3], w2: [32, 16, 3, 3], w3: [16, 32, 1, 1] },
    build: (x, p) => ({ y: conv(relu(conv(relu(conv(x, p('w1'), null, C3)), p('w2'), null, C3)), p('w3'), null) }),
  }, 3))

test('pooling and batch normalisation together', () =>
  same({
    ...bnNet(true, true),
    build: (x, p) => {
      const { y, more } = bnNet(true, true).build(x, p)
      return { y: maxPool(y, { kernel: [2, 2] }), more: more ?? [] }
    },
  }, 2))

test('batch normalisation in standard order behind a convolution that is not lowered', () =>
  same({
    input: [16, 16, 4, 4],
    parameters: { w1: [16, 16, 3, 3], weight: [16], bias: [16], running_mean: [16], running_var: [16], w2: [16, 16, 3, 3] },
    build: (x, p) => {
      const more: Value[] = []
      const a = conv(relu(conv(x, p('w1'), null, C3)), p('w2'), null, { pads: 1, strides: 2 })
      return { y: layer({ type: 'batch-norm' }).build(a, { training: true, rows: undefined, folding: undefined, parameter: p, update: (_name, v) => { more.push(v) }, keepMask: () => a }), more }
    },
  }, 1))

test('what does not divide by the block stays in standard order', () =>
  same({ input: [7, 16, 4, 4], parameters: { w: [16, 16, 3, 3] }, build: (x, p) => ({ y: relu(conv(x, p('w'), null, C3)) }) }, 0))
