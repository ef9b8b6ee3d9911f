// Softmax cross-entropy: values, gradients by finite differences in float64, masking, smoothing, stability.
import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { gradients } from '../autodiff/gradients.ts'
import { Program, tensor } from '../compile/program.ts'
import { Random } from '../data/random.ts'
import { Graph } from '../graph/graph.ts'
import { losses } from './index.ts'

const [N, K] = [4, 5]
const random = new Random(9, 'sample')
const LOGITS = Float32Array.from({ length: N * K }, () => 3 * random.normal())
const LABELS = [2, 0, 4, 2]
const ROWS = Float32Array.of(1, 1, 0, 0.5)

/** The formula in float64. */
function reference(logits: ArrayLike<number>, rows: ArrayLike<number>, smoothing: number): number {
  let [total, weight] = [0, 0]
  for (let n = 0; n < N; n++) {
    const z = Array.from({ length: K }, (_, k) => logits[n * K + k]!)
    const log = Math.log(z.reduce((a, b) => a + Math.exp(b), 0))
    z.forEach((v, k) => { total -= rows[n]! * ((k === LABELS[n] ? 1 - smoothing : 0) + smoothing / K) * (v - log) })
    weight += rows[n]!
  }
  return total / weight
}

async function run(options: { logits?: Float32Array; smoothing?: number; rows?: Float32Array | null; oneHot?: boolean }): Promise<{ objective: number; sum: number; gradient: Float32Array }> {
  const { logits = LOGITS, smoothing = 0, rows = ROWS, oneHot = false } = options
  const graph = new Graph('loss')
  const z = graph.input('z', 'float32', [N, K])
  const labels = oneHot ? graph.input('labels', 'float32', [N, K]) : graph.input('labels', 'int64', [N])
  const weights = rows ? graph.input('rows', 'float32', [N]) : null
  const { objective, sum } = losses['softmax-cross-entropy'].build({ prediction: z, target: labels, weights }, { labelSmoothing: smoothing })
  graph.output('objective', objective)
  graph.output('sum', sum)
  graph.output('gradient', gradients(objective, [z])[0]!)
  await using program = await Program.create(graph, { threads: 1 })
  const hot = Float32Array.from({ length: N * K }, (_, i) => (i % K === LABELS[Math.floor(i / K)] ? 1 : 0))
  const out = await program.run({
    z: tensor('float32', logits, [N, K]),
    labels: oneHot ? tensor('float32', hot, [N, K]) : tensor('int64', BigInt64Array.from(LABELS, BigInt), [N]),
    ...(rows && { rows: tensor('float32', rows, [N]) }),
  })
  const number = (name: string): number => (out[name]!.data as Float32Array)[0]!
  return { objective: number('objective'), sum: number('sum'), gradient: out['gradient']!.data as Float32Array }
}

test.each([0, 0.1, 0.5])('value and gradient with smoothing %d and row weights', async (smoothing) => {
  const { objective, gradient } = await run({ smoothing })
  expect(objective).toBeCloseTo(reference(LOGITS, ROWS, smoothing), 5)
  for (let i = 0; i < N * K; i++) {
    const shifted = (by: number): number => reference(Float64Array.from(LOGITS, (v, j) => (j === i ? v + by : v)), ROWS, smoothing)
    expect(gradient[i]).toBeCloseTo((shifted(1e-5) - shifted(-1e-5)) / 2e-5, 5)
  }
})

test('rows of weight 0 have no gradient and do not count', async () => {
  const { objective, gradient } = await run({ smoothing: 0.1 })
  expect(Array.from(gradient.subarray(2 * K, 3 * K)).map(Math.abs)).toEqual([0, 0, 0, 0, 0])
  const other = await run({ smoothing: 0.1, logits: LOGITS.map((v, i) => (Math.floor(i / K) === 2 ? -v + 7 : v)) })
  expect(other.objective).toBe(objective)
})

test('the sum to report has no smoothing', async () => {
  const weight = ROWS.reduce((a, b) => a + b, 0)
  expect((await run({ smoothing: 0.3 })).sum).toBeCloseTo(reference(LOGITS, ROWS, 0) * weight, 4)
})

test('one-hot targets and indices give the same; without weights it is the mean', async () => {
  const all = Float32Array.of(1, 1, 1, 1)
  const [byIndex, byRow] = [await run({ rows: null }), await run({ rows: null, oneHot: true })]
  expect(byRow.objective).toBeCloseTo(byIndex.objective, 6)
  expect(byIndex.objective).toBeCloseTo(reference(LOGITS, all, 0), 5)
})

test('stays finite and right for logits of thousands', async () => {
  const { objective, gradient } = await run({ logits: LOGITS.map((v) => v * 1000), rows: null })
  expect(Number.isFinite(objective)).toBe(true)
  expect(gradient.every(Number.isFinite)).toBe(true)
})

test('every file of the room is in the registry', () => {
  const files = readdirSync(import.meta.dirname).filter((f) => f.endsWith('.ts') && !f.endsWith('.test.ts') && !['index.ts', 'loss.ts', 'rows.ts', 'boxes.ts', 'distance.ts'].includes(f))
  expect(files.map((f) => f.replace('.ts', '')).sort()).toEqual(Object.keys(losses).sort())
})
