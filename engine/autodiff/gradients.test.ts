// The reverse sweep itself: sums, seeds, zeros, inner values, bindings, custom rules, and what it does not compute.
import { describe, expect, it } from 'vitest'
import { Program, tensor, type Tensor } from '../compile/program.ts'
import { Graph, type Value } from '../graph/graph.ts'
import { add, argMax, cast, conv, flatten, gemm, logSoftmax, maxPool, mul, neg, reduceMean, reduceSum, relu, reshape, resize, split, sub } from '../ops/build.ts'
import { gradients } from './gradients.ts'

async function evaluate(g: Graph, values: readonly Value[], feeds: Record<string, Tensor>): Promise<number[][]> {
  values.forEach((v, i) => {
    g.output(`out${i}`, v)
  })
  await using program = await Program.create(g)
  const out = await program.run(feeds)
  return values.map((_, i) => Array.from(out[`out${i}`]?.data as Float32Array))
}
const floats = (v: readonly number[], shape: readonly number[] = [v.length]): Tensor => tensor('float32', Float32Array.from(v), shape)

describe('gradients', () => {
  it('adds what comes back over several paths', async () => {
    const g = new Graph('g')
    const x = g.input('x', 'float32', [3])
    expect(await evaluate(g, gradients(reduceSum(add(mul(x, x), mul(x, 3))), [x]), { x: floats([1, -2, 4]) })).toEqual([[5, -1, 11]])
  })

  it('takes ones where no seed is given, and any seed that is', async () => {
    const g = new Graph('g')
    const x = g.input('x', 'float32', [2])
    const seed = g.input('seed', 'float32', [2])
    const y = mul(x, x)
    expect(await evaluate(g, [...gradients(y, [x]), ...gradients(y, [x], { seed })], { x: floats([1, 2]), seed: floats([10, 100]) })).toEqual([
      [2, 4],
      [20, 400],
    ])
  })

  it('gives zeros where nothing flows, of the right shape and for a symbolic batch', async () => {
    const g = new Graph('g')
    const x = g.input('x', 'float32', ['N', 2])
    const other = g.input('other', 'float32', ['N', 2])
    const loss = reduceSum(add(x, cast(argMax(other, 1, true), 'float32')))
    const grads = gradients(loss, [other])
    expect(grads[0]?.shape).toEqual(['N', 2])
    expect(await evaluate(g, grads, { x: floats([1, 2], [1, 2]), other: floats([1, 2], [1, 2]) })).toEqual([[0, 0]])
  })

  it('gives gradients of inner values, and goes through them to what is before', async () => {
    const g = new Graph('g')
    const x = g.input('x', 'float32', [2])
    const h = mul(x, 3)
    expect(await evaluate(g, gradients(reduceSum(mul(h, h)), [h, x]), { x: floats([1, 2]) })).toEqual([
      [6, 12],
      [18, 36],
    ])
  })

  it('is the gradient of y itself: ones', async () => {
    const g = new Graph('g')
    const x = g.input('x', 'float32', [2])
    const y = mul(x, x)
    expect(await evaluate(g, gradients(y, [y]), { x: floats([1, 2]) })).toEqual([[1, 1]])
  })

  it('passes from bound parameters to the flat vector they are slices of', async () => {
    const g = new Graph('g')
    const flat = g.input('flat', 'float32', [3])
    const [a, b] = split(flat, [1, 2]) as [Value, Value]
    const p = g.parameter('p', [1])
    const q = g.parameter('q', [2])
    g.bind(p, a)
    g.bind(q, b)
    const loss = reduceSum(mul(p, q))
    expect(await evaluate(g, [...gradients(loss, [flat]), ...gradients(loss, [q])], { flat: floats([2, 3, 5]) })).toEqual([
      [8, 2, 2],
      [2, 2],
    ])
  })

  it('takes a custom rule at single nodes', async () => {
    const g = new Graph('g')
    const x = g.input('x', 'float32', [2])
    const [first, second] = [relu(x), relu(x)]
    const node = first.producer
    if (!node) throw new Error('relu made no node')
    const rules = new Map([[node, (ctx: { grads: readonly (Value | null)[] }) => [ctx.grads[0] ? mul(ctx.grads[0], 100) : null]]])
    expect(await evaluate(g, gradients(reduceSum(add(first, second)), [x], { rules }), { x: floats([-1, 1]) })).toEqual([[100, 101]])
  })

  it('names the node that cannot be differentiated', () => {
    const g = new Graph('g')
    const x = g.input('x', 'float32', [1, 1, 2, 2])
    const y = g.in('preprocess', () => resize(x, { sizes: [1, 1, 4, 4] }))
    expect(() => gradients(reduceSum(y), [x])).toThrow("Resize in 'preprocess': no gradient can be taken through this operator")
  })

  it('names values of another graph', () => {
    const y = new Graph('a').input('y', 'float32', [])
    const w = new Graph('b').input('w', 'float32', [])
    expect(() => gradients(y, [w])).toThrow("'w' belongs to graph 'b', 'y' to 'a'")
  })

  it('does no work for gradients that nobody asked for', () => {
    const make = (): { g: Graph; x: Value; w: Value; y: Value } => {
      const g = new Graph('g')
      const x = g.input('x', 'float32', [2, 3, 8, 8])
      const w = g.parameter('w', [4, 3, 3, 3])
      return { g, x, w, y: reduceSum(conv(x, w, null, { pads: 1 })) }
    }
    const count = (g: Graph, op: string): number => g.nodes.filter((n) => n.op.name === op).length
    const forward = make()
    gradients(forward.y, [forward.w])
    expect(count(forward.g, 'Conv'), 'no convolution for the input gradient').toBe(1)
    const back = make()
    gradients(back.y, [back.x])
    expect(count(back.g, 'Gemm') + count(back.g, 'MatMul'), 'no product for the weight gradient').toBe(0)
  })

  it('keeps to its scope names', () => {
    const g = new Graph('g')
    const x = g.input('x', 'float32', [2])
    const y = g.in('act', () => relu(x))
    const [dx] = gradients(reduceSum(y), [x])
    expect(dx?.producer?.scope).toBe('grad/act')
  })

  it('is right for a whole convolutional classifier, by differences of its loss', async () => {
    const shapes = { conv: [4, 1, 3, 3], bias: [4], dense: [36, 3], offset: [3] }
    const g = new Graph('cnn')
    const x = g.input('x', 'float32', ['N', 1, 6, 6])
    const labels = g.input('labels', 'float32', ['N', 3])
    const [w, b, d, o] = Object.entries(shapes).map(([name, shape]) => g.parameter(name, shape)) as [Value, Value, Value, Value]
    const h = maxPool(relu(conv(x, w, b, { pads: 1 })), { kernel: [2, 2] })
    const loss = neg(reduceMean(reduceSum(mul(logSoftmax(gemm(flatten(h), d, o)), labels), [1])))
    const leaves = [x, w, b, d, o]
    const grads = gradients(loss, leaves)
    expect(grads.map((v) => v.shape)).toEqual(leaves.map((v) => v.shape))
    g.output('loss', loss)
    grads.forEach((v, i) => {
      g.output(`g${i}`, v)
    })
    await using program = await Program.create(g)
    const data = (n: number, k: number): Float32Array => Float32Array.from({ length: n }, (_, i) => Math.sin(i * 1.7 + k))
    const feeds: Record<string, Tensor> = { x: tensor('float32', data(72, 0), [2, 1, 6, 6]), labels: floats([1, 0, 0, 0, 0, 1], [2, 3]) }
    Object.entries(shapes).forEach(([name, shape], k) => (feeds[name] = tensor('float32', data(shape.reduce((a, c) => a * c, 1), k + 1), shape)))
    const exact = await program.run(feeds)
    for (const [i, leaf] of leaves.entries()) {
      const array = feeds[leaf.name]?.data as Float32Array
      const found = exact[`g${i}`]?.data as Float32Array
      for (let e = 0; e < array.length; e += Math.ceil(array.length / 9)) {
        const at = async (v: number): Promise<number> => {
          const kept = array[e] ?? 0
          array[e] = v
          const out = (await program.run(feeds))['loss']?.data as Float32Array
          array[e] = kept
          return out[0] ?? NaN
        }
        const v = array[e] ?? 0
        const numeric = ((await at(v + 1e-2)) - (await at(v - 1e-2))) / 2e-2
        expect(Math.abs((found[e] ?? NaN) - numeric), `d loss / d ${leaf.name}[${e}]`).toBeLessThan(2e-3)
      }
    }
  })

  it('sums over every way of broadcasting', async () => {
    const g = new Graph('g')
    const x = g.input('x', 'float32', [2, 1])
    const y = g.input('y', 'float32', [3])
    const grads = gradients(sub(x, y), [x, y])
    expect(await evaluate(g, grads, { x: floats([1, 2], [2, 1]), y: floats([1, 2, 3]) })).toEqual([
      [3, 3],
      [-2, -2, -2],
    ])
    expect(reshape(grads[0] as Value, [2]).shape).toEqual([2])
  })
})
