// An input in pieces: the same numbers, fed from stretches of the same vector.
import { expect, test } from 'vitest'
import { Random } from '../../data/random.ts'
import { Graph, type Value } from '../../graph/graph.ts'
import { verify } from '../../graph/verify.ts'
import { add, mul, reduceSum, reshape, split } from '../../ops/build.ts'
import { Program, tensor, type Tensor } from '../program.ts'
import { inputApart } from './apart.ts'

/** Two small ones, a large one, one small one, two large ones. */
const SIZES = [3, 5, 5000, 7, 4096, 6000]
const P = SIZES.reduce((a, b) => a + b, 0)

function graphOf(more: (weights: Value) => Value | null = () => null): Graph {
  const g = new Graph('part')
  const weights = g.input('weights', 'float32', [P])
  const factor = g.input('factor', 'float32', [1])
  const sums = split(weights, SIZES).map((v, i) => mul(reduceSum(mul(v, v), [0], true), i + 1))
  g.output('y', mul(sums.reduce((a, b) => add(a, b)), factor))
  const extra = more(weights)
  if (extra) g.output('z', extra)
  return g
}

test('pieces that fill an input of their own, small neighbours together', async () => {
  const source = graphOf()
  const apart = inputApart(source, 'weights')!
  expect([...apart.stretches.values()]).toEqual([[0, 8], [8, 5008], [5008, 5015], [5015, 9111], [9111, P]])
  expect(apart.graph.nodes.filter((n) => n.op.name === 'Split').map((n) => n.outputs.length)).toEqual([2])
  const random = new Random(2, 'sample')
  const weights = Float32Array.from({ length: P }, () => random.uniform() - 0.5)
  const factor = tensor('float32', Float32Array.of(3), [1])
  const run = async (graph: Graph, feeds: Readonly<Record<string, Tensor>>): Promise<number> => {
    verify(graph)
    await using program = await Program.create(graph, { threads: 1 })
    return Number((await program.run(feeds))['y']!.data[0])
  }
  const pieces = Object.fromEntries([...apart.stretches].map(([name, [from, to]]) => [name, tensor('float32', weights.subarray(from, to), [to - from])]))
  expect(await run(apart.graph, { ...pieces, factor })).toBe(await run(source, { weights: tensor('float32', weights, [P]), factor }))
})

test('what is read whole, too, or is not there, stays', () => {
  expect(inputApart(graphOf((weights) => reshape(weights, [1, P])), 'weights')).toBeNull()
  expect(inputApart(graphOf((weights) => weights), 'weights')).toBeNull()
  expect(inputApart(graphOf(), 'state')).toBeNull()
})
