// detach: the value goes on, the gradient does not.
import { expect, test } from 'vitest'
import { Program, tensor } from '../compile/program.ts'
import { Graph } from '../graph/graph.ts'
import { mul, reduceSum } from '../ops/build.ts'
import { detach } from './detach.ts'
import { gradients } from './gradients.ts'

test('x · detach(x) has the value x² and the gradient x', async () => {
  const graph = new Graph('detach')
  const x = graph.input('x', 'float32', [3])
  const y = mul(x, detach(x))
  graph.output('y', y)
  gradients(reduceSum(y), [x]).forEach((g) => { graph.output('g', g) })
  await using program = await Program.create(graph, { threads: 1 })
  const out = await program.run({ x: tensor('float32', Float32Array.of(-2, 3, 0.5), [3]) })
  expect(Array.from(out['y']!.data as Float32Array)).toEqual([4, 9, 0.25])
  expect(Array.from(out['g']!.data as Float32Array)).toEqual([-2, 3, 0.5])
})
