// Batch-hard triplets against the definition, written out row by row; padding and lone rows count nothing.
import { expect, test } from 'vitest'
import { gradients } from '../../autodiff/gradients.ts'
import { Program, tensor } from '../../compile/program.ts'
import { Random } from '../../data/random.ts'
import { Graph } from '../../graph/graph.ts'
import { batchHard } from './triplets.ts'

const MARGIN = 0.5

async function run(data: Float32Array, labels: readonly number[], rows: readonly number[], width: number): Promise<{ loss: number; grad: Float32Array }> {
  const n = labels.length
  const graph = new Graph('triplets')
  const embedding = graph.input('embedding', 'float32', [n, width])
  const loss = batchHard(embedding, graph.input('labels', 'int64', [n]), graph.input('rows', 'float32', [n]), MARGIN)
  graph.output('loss', loss)
  graph.output('grad', gradients(loss, [embedding])[0]!)
  await using program = await Program.create(graph, { threads: 1 })
  const out = await program.run({ embedding: tensor('float32', data, [n, width]), labels: tensor('int64', BigInt64Array.from(labels, BigInt), [n]), rows: tensor('float32', Float32Array.from(rows), [n]) })
  return { loss: (out['loss']!.data as Float32Array)[0]!, grad: out['grad']!.data as Float32Array }
}

function byHand(data: Float32Array, labels: readonly number[], rows: readonly number[], width: number): number {
  const unit = labels.map((_, i) => {
    const row = [...data.subarray(i * width, (i + 1) * width)]
    const norm = Math.hypot(...row)
    return row.map((v) => v / norm)
  })
  const distance = (i: number, j: number): number => Math.hypot(...unit[i]!.map((v, k) => v - unit[j]![k]!))
  let [sum, count] = [0, 0]
  labels.forEach((label, i) => {
    if (rows[i] === 0) return
    const others = labels.map((_, j) => j).filter((j) => j !== i && rows[j] === 1)
    const positives = others.filter((j) => labels[j] === label).map((j) => distance(i, j))
    const negatives = others.filter((j) => labels[j] !== label).map((j) => distance(i, j))
    if (positives.length === 0 || negatives.length === 0) return
    sum += Math.max(0, Math.max(...positives) - Math.min(...negatives) + MARGIN)
    count++
  })
  return sum / Math.max(1, count)
}

test('value as defined, gradient that falls', async () => {
  const random = new Random(4, 'sample')
  const labels = [0, 0, 1, 1, 1, 2, 0, 0]
  const rows = [1, 1, 1, 1, 1, 1, 1, 0]
  const data = Float32Array.from({ length: 8 * 5 }, () => random.normal())
  const { loss, grad } = await run(data, labels, rows, 5)
  expect(loss).toBeCloseTo(byHand(data, labels, rows, 5), 4)
  expect(loss).toBeGreaterThan(0)
  expect(grad.subarray(7 * 5).every((v) => v === 0)).toBe(true)
  const moved = data.map((v, i) => v - 0.02 * grad[i]!)
  expect(byHand(moved, labels, rows, 5)).toBeLessThan(loss)
})

test('one class, or one row, gives zero and no gradient', async () => {
  const data = Float32Array.of(1, 2, 3, 4)
  for (const labels of [[0, 0], [0, 1]]) {
    const { loss, grad } = await run(data, labels, [1, 1], 2)
    expect(loss).toBe(0)
    expect(grad.every((v) => v === 0)).toBe(true)
  }
})
