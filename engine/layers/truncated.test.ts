// Backpropagation through time: through the whole sequence, or only through the last steps where it is truncated.
import { expect, test } from 'vitest'
import { gradients } from '../autodiff/gradients.ts'
import { Program, tensor } from '../compile/program.ts'
import { Random } from '../data/random.ts'
import { Graph } from '../graph/graph.ts'
import { mul, reduceSum } from '../ops/build.ts'
import { layer, type LayerSpec } from './index.ts'
import { product } from './shapes.ts'

const [N, T, F] = [2, 7, 3]

/** Output, and the size of its gradient to each step of the input. */
async function run(spec: LayerSpec): Promise<{ y: number[]; reach: number[] }> {
  const graph = new Graph('sequence')
  const x = graph.input('x', 'float32', [N, T, F])
  const parameters = new Map(layer(spec).parameters([T, F]).map((p) => [p.name, graph.parameter(p.name, p.shape)]))
  const y = layer(spec).build(x, {
    training: true,
    parameter: (name) => parameters.get(name)!,
    update: () => undefined,
    keepMask: () => x,
  })
  graph.output('y', y)
  gradients(reduceSum(mul(y, y)), [x]).forEach((g) => { graph.output('g', g) })
  await using program = await Program.create(graph, { threads: 1 })
  const out = await program.run(Object.fromEntries(program.inputs.map(({ name, shape }, k) => {
    const random = new Random(2, 'sample', k)
    return [name, tensor('float32', Float32Array.from({ length: product(shape as number[]) }, () => random.normal() * 0.5), shape as number[])]
  })))
  const g = out['g']!.data as Float32Array
  return { y: Array.from(out['y']!.data as Float32Array), reach: Array.from({ length: T }, (_, t) => Math.hypot(...Array.from({ length: N }, (_, n) => [...g.subarray((n * T + t) * F, (n * T + t + 1) * F)]).flat())) }
}

/** Unrolled steps and the operator for a whole sequence round differently. */
const close = (a: readonly number[], b: readonly number[]): void => { a.forEach((v, i) => { expect(v).toBeCloseTo(b[i]!, 5) }) }

test.each(['rnn', 'lstm', 'gru'] as const)('%s: truncated every 3 steps, the last output still sees everything, its gradient only the last piece', async (type) => {
  const whole = await run({ type, units: 4 })
  const cut = await run({ type, units: 4, truncate: 3 })
  close(cut.y, whole.y)
  expect(whole.reach.every((r) => r > 0)).toBe(true)
  // Steps 0–2, 3–5 and 6: the last output belongs to the piece that starts at step 6.
  expect(cut.reach.map((r) => r > 0)).toEqual([false, false, false, false, false, false, true])
  expect(cut.reach[6]).toBeCloseTo(whole.reach[6]!, 5)
})

test('a truncation longer than the sequence changes nothing', async () => {
  const [cut, whole] = [await run({ type: 'lstm', units: 4, truncate: T }), await run({ type: 'lstm', units: 4 })]
  close(cut.y, whole.y)
  close(cut.reach, whole.reach)
})
