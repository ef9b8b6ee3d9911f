// Gradient checkpointing: the same gradients bit for bit, on chains, across skips and with masks; ORT does not merge what is computed twice.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { Program, tensor, type Tensor } from '../compile/program.ts'
import { Graph, type Value } from '../graph/graph.ts'
import { verify } from '../graph/verify.ts'
import { add, conv, flatten, gemm, maxPool, mul, reduceMean, reduceSum, relu, sigmoid, sub } from '../ops/build.ts'
import { gradients } from './gradients.ts'

interface Net {
  readonly graph: Graph
  readonly y: Value
  readonly wrt: readonly Value[]
  readonly checkpoints: readonly Value[]
}
type Builder = () => Net

/** Convolutions one after the other, the second pooled. */
const chain: Builder = () => {
  const graph = new Graph('chain')
  const x = graph.input('x', 'float32', [2, 3, 8, 8])
  const weights = Array.from({ length: 4 }, (_, i) => graph.parameter(`w${i}`, [i === 3 ? 2 : 4, i === 0 ? 3 : 4, 3, 3]))
  const outs: Value[] = []
  let h: Value = x
  weights.forEach((w, i) => {
    h = sigmoid(conv(h, w, null, { pads: 1 }))
    if (i === 1) h = maxPool(h, { kernel: [2, 2] })
    outs.push(h)
  })
  return { graph, y: reduceSum(mul(h, h)), wrt: [x, ...weights], checkpoints: outs.slice(0, 3) }
}

/** A value of the first segment is read in the last, a mask in two, and one weight everywhere. */
const skips: Builder = () => {
  const graph = new Graph('skips')
  const x = graph.input('x', 'float32', [4, 5])
  const mask = graph.input('mask', 'float32', [4, 5])
  const [w, v] = [graph.parameter('w', [5, 5]), graph.parameter('v', [5, 5])]
  const early = relu(gemm(x, w))
  const a = mul(sigmoid(gemm(early, v)), mask)
  const b = add(a, relu(gemm(a, w)))
  const c = mul(sigmoid(sub(gemm(b, v), early)), mask)
  return { graph, y: reduceMean(mul(c, add(c, b))), wrt: [w, v, x, a], checkpoints: [a, b] }
}

/** With a batch whose size only the run tells. */
const symbolic: Builder = () => {
  const graph = new Graph('symbolic')
  const x = graph.input('x', 'float32', ['N', 5])
  const [w, v] = [graph.parameter('w', [5, 5]), graph.parameter('v', [5, 2])]
  const a = sigmoid(gemm(x, w))
  const b = sigmoid(gemm(flatten(a), w))
  return { graph, y: reduceSum(gemm(b, v)), wrt: [w, v], checkpoints: [a] }
}

const data = (n: number, k: number): Float32Array => Float32Array.from({ length: n }, (_, i) => Math.sin(1.3 * i + k))

async function run({ graph, y, wrt, checkpoints }: Net, again: boolean): Promise<Record<string, Tensor>> {
  graph.output('y', y)
  gradients(y, wrt, again ? { checkpoints } : {}).forEach((g, i) => { graph.output(`g${i}`, g) })
  verify(graph)
  await using program = await Program.create(graph, { threads: 1 })
  const feeds = Object.fromEntries(program.inputs.map(({ name, shape }, k) => {
    const sizes = shape.map((d) => (typeof d === 'number' ? d : 3))
    return [name, tensor('float32', data(sizes.reduce((a, b) => a * b, 1), k), sizes)]
  }))
  return await program.run(feeds)
}

const count = (graph: Graph, op: string): number => graph.nodes.filter((n) => n.op.name === op).length

describe('checkpoints', () => {
  it.each([['a chain', chain], ['skips and masks', skips], ['a symbolic batch', symbolic]])('give the same gradients: %s', async (_name, build) => {
    const [plain, again] = [await run(build(), false), await run(build(), true)]
    expect(Object.keys(again)).toEqual(Object.keys(plain))
    for (const [name, { shape, data: want }] of Object.entries(plain)) {
      expect(again[name]?.shape).toEqual(shape)
      expect(Array.from(again[name]?.data as Float32Array), name).toEqual(Array.from(want as Float32Array))
      expect(Array.from(want as Float32Array).some((v) => v !== 0), `${name} is not all zeros`).toBe(true)
    }
  })

  it('compute all but the last segment twice', () => {
    const { graph, y, wrt, checkpoints } = chain()
    const before = count(graph, 'Sigmoid')
    gradients(y, wrt, { checkpoints })
    expect([before, count(graph, 'Sigmoid')]).toEqual([4, 7])
    const plain = chain()
    const nodes = plain.graph.nodes.length
    gradients(plain.y, plain.wrt, { checkpoints: [] })
    const same = chain()
    gradients(same.y, same.wrt)
    expect(plain.graph.nodes.length - nodes).toBe(same.graph.nodes.length - nodes)
  })

  it('leave of the first pass nothing to the sweep but what they keep', () => {
    const { graph, y, wrt, checkpoints } = chain()
    const forward = new Set(graph.nodes)
    gradients(y, wrt, { checkpoints })
    const late = graph.nodes.filter((n) => !forward.has(n)).flatMap((n) => n.inputs)
    const read = [...forward].filter((n) => n.outputs.some((v) => late.includes(v))).map((n) => n.op.name)
    // Three checkpoints (one behind a pool), the last segment, and what y is made of.
    expect(read.sort()).toEqual(['MaxPool', 'Sigmoid', 'Sigmoid', 'Sigmoid'])
  })

  it('bound memory: the peak of a process with 24 layers falls by a third and more, its gradients stay', async () => {
    const deep = async (segments: number): Promise<{ peak: number; base: number; hash: string }> => {
      const { stdout } = await promisify(execFile)(process.execPath, [`${import.meta.dirname}/../../test/bench/deep-step.ts`, '24', String(segments), '0', '8'])
      return JSON.parse(stdout) as { peak: number; base: number; hash: string }
    }
    const [plain, again] = [await deep(1), await deep(5)]
    expect(again.hash).toBe(plain.hash)
    expect((again.peak - again.base) / (plain.peak - plain.base)).toBeLessThan(0.67)
  }, 60_000)
})
