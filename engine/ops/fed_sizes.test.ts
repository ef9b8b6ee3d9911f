// Operators whose sizes, axes or pads are fed on each run: the rank is inferred, the sizes are free, and ORT agrees.
import { expect, it } from 'vitest'
import { Program, tensor } from '../compile/program.ts'
import { isFree } from '../graph/dims.ts'
import { Graph, type Value } from '../graph/graph.ts'
import { apply, type OpDef } from '../graph/op.ts'
import type { Attributes } from '../graph/types.ts'
import { verify } from '../graph/verify.ts'
import { gradients } from '../autodiff/gradients.ts'
import { ops } from './index.ts'

type Fed = readonly (readonly number[])[]
/** Operator, fed integer inputs, attributes, inferred sizes (null: free), sizes that ORT gives. The data is float32 [2, 3, 4]. */
const cases: readonly (readonly [OpDef, Fed, Attributes, readonly (number | null)[], readonly number[]])[] = [
  [ops.Reshape, [[4, -1]], {}, [null, null], [4, 6]],
  [ops.Expand, [[2, 3, 4]], {}, [2, 3, 4], [2, 3, 4]],
  [ops.Slice, [[1], [3], [2]], {}, [null, null, null], [2, 3, 2]],
  [ops.Pad, [[0, 1, 0, 0, 1, 0]], {}, [null, null, null], [2, 5, 4]],
  [ops.Unsqueeze, [[1]], {}, [null, null, null, null], [2, 1, 3, 4]],
  [ops.ReduceSum, [[1]], {}, [null, null, null], [2, 1, 4]],
  [ops.ReduceMax, [[0, 2]], { keepdims: 0 }, [null], [3]],
  [ops.Tile, [[1, 2, 1]], {}, [null, null, null], [2, 6, 4]],
]

it.each(cases)('$name', async (op, fed, attrs, inferred, found) => {
  const g = new Graph('fed')
  const x = g.input('x', 'float32', [2, 3, 4])
  const inputs = fed.map((v, i) => g.input(`i${i}`, 'int64', [v.length]))
  const [y] = apply(op, [x, ...inputs], attrs)
  if (!y) throw new Error('no output')
  expect(y.shape.map((d) => (isFree(d) ? null : d))).toEqual(inferred)
  g.output('y', y)
  verify(g)
  await using program = await Program.create(g)
  const out = await program.run({ x: tensor('float32', new Float32Array(24), [2, 3, 4]), ...Object.fromEntries(fed.map((v, i) => [`i${i}`, tensor('int64', BigInt64Array.from(v, BigInt), [v.length])])) })
  expect(out['y']?.shape).toEqual(found)
})

async function run(y: Value, x: Float32Array, shape: readonly number[]): Promise<unknown> {
  y.graph.output('y', y)
  await using program = await Program.create(y.graph)
  const out = await program.run({ x: tensor('float32', x, shape) })
  return { shape: out['y']?.shape, inferred: y.shape, data: Array.from(out['y']?.data as ArrayLike<number | bigint>, Number) }
}

const input = (shape: readonly number[]): Value => new Graph('form').input('x', 'float32', shape)

it('Shape of some axes', async () => {
  const x = input([2, 3, 4])
  expect(await run(apply(ops.Shape, [x], { start: -2, end: 9 })[0] as Value, new Float32Array(24), [2, 3, 4])).toEqual({ shape: [2], inferred: [2], data: [3, 4] })
})

it('Reshape with zeros allowed', async () => {
  const x = input([0, 3])
  expect(await run(apply(ops.Reshape, [x, x.graph.ints([3, 0])], { allowzero: 1 })[0] as Value, new Float32Array(0), [0, 3])).toEqual({ shape: [3, 0], inferred: [3, 0], data: [] })
})

it('GatherND within batches', async () => {
  const x = input([2, 2, 2])
  const index = x.graph.constant(BigInt64Array.of(1n, 0n), 'int64', [2, 1])
  const y = apply(ops.GatherND, [x, index], { batch_dims: 1 })[0] as Value
  expect(() => gradients(y, [x])).toThrow('GatherND: no gradient with batch_dims')
  expect(await run(y, Float32Array.of(0, 1, 2, 3, 4, 5, 6, 7), [2, 2, 2])).toEqual({ shape: [2, 2], inferred: [2, 2], data: [2, 3, 4, 5] })
})

it('ScatterND that multiplies', async () => {
  const x = input([3])
  const [index, updates] = [x.graph.constant(BigInt64Array.of(2n, 0n), 'int64', [2, 1]), x.graph.constant(Float32Array.of(10, 2), 'float32', [2])]
  const y = apply(ops.ScatterND, [x, index, updates], { reduction: 'mul' })[0] as Value
  expect(() => gradients(y, [x])).toThrow("ScatterND: no gradient with reduction 'mul'")
  expect(await run(y, Float32Array.of(1, 2, 3), [3])).toEqual({ shape: [3], inferred: [3], data: [2, 2, 30] })
})

it('Flatten from the last axes on', async () => {
  const x = input([2, 3, 4])
  expect(await run(apply(ops.Flatten, [x], { axis: -1 })[0] as Value, new Float32Array(24), [2, 3, 4])).toMatchObject({ shape: [6, 4], inferred: [6, 4] })
})
