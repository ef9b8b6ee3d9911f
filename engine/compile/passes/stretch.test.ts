// A stretch of long vectors: the same bits as of the whole, and no graph where that could not be.
import { expect, test } from 'vitest'
import { Random } from '../../data/random.ts'
import { Graph, type Value } from '../../graph/graph.ts'
import { verify } from '../../graph/verify.ts'
import { add, concat, greater, mul, reduceSum, slice, split, sqrt, where } from '../../ops/build.ts'
import { Program, tensor } from '../program.ts'
import { onStretch } from './stretch.ts'

const N = 2000
const draw = (n: number, key: number): Float32Array => {
  const random = new Random(3, 'sample', key)
  return Float32Array.from({ length: n }, () => random.uniform())
}

function graphOf(build: (x: Value, y: Value, few: Value) => Value): Graph {
  const g = new Graph('all')
  const [x, y, few] = [g.input('x', 'float32', [N]), g.input('y', 'float32', [N]), g.input('few', 'float32', [3])]
  g.output('z', build(x, y, few))
  g.output('sum', reduceSum(few))
  return g
}

test('arithmetic, constants and choices on two stretches, joined, are those of the whole', async () => {
  const whole = graphOf((x, y, few) => {
    const [a = few, b = few] = split(few, [1, 1, 1])
    const decay = x.graph.constant(draw(N, 9), 'float32', [N])
    return where(greater(b, 0.5), add(mul(x, a), sqrt(mul(y, decay))), y)
  })
  const feeds = { x: draw(N, 1), y: draw(N, 2), few: draw(3, 4) }
  const run = async (graph: Graph, from: number, to: number): Promise<Float32Array> => {
    verify(graph)
    await using program = await Program.create(graph, { threads: 1 })
    const out = await program.run({ x: tensor('float32', feeds.x.subarray(from, to), [to - from]), y: tensor('float32', feeds.y.subarray(from, to), [to - from]), few: tensor('float32', feeds.few, [3]) })
    expect(out['sum']!.data[0]).toBeCloseTo(feeds.few.reduce((a, b) => a + b, 0), 5)
    return out['z']!.data as Float32Array
  }
  const parts = [[0, 701], [701, N]] as const
  const pieces = await Promise.all(parts.map(([from, to]) => run(onStretch(whole, N, from, to)!, from, to)))
  expect(Float32Array.from(pieces.flatMap((p) => [...p]))).toEqual(await run(whole, 0, N))
})

test('sums over a vector, cuts of it and short ones are left alone', () => {
  expect(onStretch(graphOf((x, y) => mul(x, reduceSum(y))), N, 0, 10)).toBeNull()
  expect(onStretch(graphOf((x, y) => add(concat([slice(x, { starts: [1], ends: [N] }), slice(x, { starts: [0], ends: [1] })], 0), y)), N, 0, 10)).toBeNull()
  expect(onStretch(graphOf((x) => x), 3, 0, 1)).toBeNull()
})
