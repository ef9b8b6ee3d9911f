// Every loss against PyTorch in float64 (test/fixtures/torch/losses.py): value and gradient; and by finite differences with a symbolic batch.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { gradients } from '../autodiff/gradients.ts'
import { Program, tensor, type Tensor } from '../compile/program.ts'
import { Graph, type Value } from '../graph/graph.ts'
import type { DType } from '../graph/types.ts'
import { mul } from '../ops/build.ts'
import { typed } from '../ops/support/rule.ts'
import { loss, losses } from './index.ts'

interface Data {
  readonly shape: readonly number[]
  readonly dtype: DType
  readonly data: readonly number[]
}
interface Case {
  readonly loss: keyof typeof losses
  readonly title: string
  readonly options: Record<string, unknown>
  readonly prediction: Data
  readonly target: Data | null
  readonly weights: readonly number[] | null
  readonly lengths: readonly number[] | null
  readonly objective: number
  readonly gradient: readonly number[]
}

const cases = JSON.parse(readFileSync(new URL('../../test/fixtures/torch/losses.json', import.meta.url), 'utf8')) as Case[]
const named = cases.map((c) => [`${c.loss} ${c.title}`, c] as const)

test.each(named)('%s: value and gradient of PyTorch', async (_name, c) => {
  const graph = new Graph('loss')
  const feeds: Record<string, Tensor> = {}
  const input = (name: string, d: Data | null) => {
    if (!d) return null
    feeds[name] = tensor(d.dtype, typed(d.dtype, d.data), d.shape)
    return graph.input(name, d.dtype, d.shape)
  }
  const rows = (data: readonly number[] | null, dtype: DType): Data | null => data && { shape: [data.length], dtype, data }
  const prediction = input('prediction', c.prediction)!
  const { objective, sum } = losses[c.loss].build({ prediction, target: input('target', c.target), weights: input('weights', rows(c.weights, 'float32')), lengths: input('lengths', rows(c.lengths, 'int64')) }, c.options)
  graph.output('objective', objective)
  graph.output('sum', sum)
  graph.output('gradient', gradients(objective, [prediction])[0]!)
  await using program = await Program.create(graph, { threads: 1 })
  const out = await program.run(feeds)
  const value = (name: string): number => (out[name]!.data as Float32Array)[0]!
  expect(Math.abs(value('objective') - c.objective)).toBeLessThan(2e-6 * Math.max(1, Math.abs(c.objective)))
  expect(Number.isFinite(value('sum'))).toBe(true)
  const gradient = Array.from(out['gradient']!.data as Float32Array)
  const scale = Math.max(...c.gradient.map(Math.abs))
  gradient.forEach((g, i) => { expect(Math.abs(g - c.gradient[i]!) / scale, `element ${i}: ${g} against ${c.gradient[i]}`).toBeLessThan(5e-6) })
})

test.each(named.filter(([, c]) => !c.weights))('%s: finite differences, and a symbolic batch gives the same', async (_name, c) => {
  const inputs = [c.prediction, ...(c.target ? [c.target] : []), ...(c.lengths ? [{ shape: [c.lengths.length], dtype: 'int64' as const, data: c.lengths }] : [])]
  await checkOp({
    build: (prediction, ...rest: (Value | undefined)[]) => {
      const { objective, sum } = losses[c.loss].build({ prediction, target: rest[0] ?? null, weights: null, lengths: rest[1] ?? null }, c.options)
      // The third output carries the symbolic batch.
      return [objective, sum, mul(prediction, 0.1)]
    },
    inputs: inputs.map((d) => ({ shape: d.shape, dtype: d.dtype, values: d.data })),
    wrt: [0],
    batch: inputs.map((_, i) => i),
    float64: false,
  })
})

test('every loss has a case, and says what it takes', () => {
  expect([...new Set(cases.map((c) => c.loss))].sort()).toEqual(Object.keys(losses).sort())
  for (const [name, def] of Object.entries(losses)) {
    expect(def.title && def.description && def.prediction, name).toBeTruthy()
    const { target } = cases.find((c) => c.loss === (name as keyof typeof losses))!
    expect(target === null, name).toBe(def.target === null)
  }
})

test('an unknown loss is refused with the list of names', () => {
  expect(loss('ctc')).toBe(losses.ctc)
  expect(() => loss('magic')).toThrow(/no loss 'magic'; there are softmax-cross-entropy, binary-cross-entropy/)
})

test('options are checked and named', () => {
  const graph = new Graph('options')
  const prediction = graph.input('x', 'float32', [2, 3])
  const target = graph.input('t', 'float32', [2, 3])
  expect(() => losses.huber.build({ prediction, target, weights: null }, { delta: -1 })).toThrow(/loss Huber: .*delta/)
  expect(() => losses.huber.build({ prediction, target, weights: null }, { dleta: 1 })).toThrow(/dleta/)
  expect(() => losses.mse.build({ prediction, target: null, weights: null })).toThrow(/mean squared error: it needs a target/)
  expect(() => losses.mse.build({ prediction, target: graph.input('u', 'float32', [2, 4]), weights: null })).toThrow(/\[2, 3\] and target float32 \[2, 4\]/)
  expect(() => losses.giou.build({ prediction, target, weights: null })).toThrow(/must be \[N, 4\], it is \[2, 3\]/)
})
