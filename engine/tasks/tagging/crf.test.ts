// CRF: likelihood, best path and marginals against all paths written out, with padding of any length.
import { expect, test } from 'vitest'
import { gradients } from '../../autodiff/gradients.ts'
import { Program, tensor } from '../../compile/program.ts'
import { Random } from '../../data/random.ts'
import { Graph } from '../../graph/graph.ts'
import { reduceSum } from '../../ops/build.ts'
import { bestPath, logPartition, pathScore } from './crf.ts'

const [N, T, K] = [5, 4, 3]
const LENGTHS = [4, 3, 1, 2, 4]
const random = new Random(3, 'sample')
const noise = (n: number): Float32Array => Float32Array.from({ length: n }, () => 2 * random.normal())
const values = { emissions: noise(N * T * K), transitions: noise(K * K), start: noise(K), end: noise(K), mask: Float32Array.from({ length: N * T }, (_, i) => (i % T < (LENGTHS[Math.floor(i / T)] ?? 0) ? 1 : 0)), tags: BigInt64Array.from({ length: N * T }, () => BigInt(random.int(K))) }

/** All paths of row n with their scores. */
function paths(n: number): { readonly tags: number[]; readonly score: number }[] {
  const length = LENGTHS[n] ?? 0
  return Array.from({ length: K ** length }, (_, code) => {
    const tags = Array.from({ length }, (_unused, t) => Math.floor(code / K ** t) % K)
    const score = tags.reduce((sum, k, t) => sum + values.emissions[(n * T + t) * K + k]! + (t === 0 ? values.start[k]! : values.transitions[tags[t - 1]! * K + k]!) + (t === length - 1 ? values.end[k]! : 0), 0)
    return { tags, score }
  })
}

async function run() {
  const g = new Graph('crf')
  const crf = { emissions: g.input('emissions', 'float32', ['N', T, K]), transitions: g.input('transitions', 'float32', [K, K]), start: g.input('start', 'float32', [K]), end: g.input('end', 'float32', [K]), mask: g.input('mask', 'float32', ['N', T]) }
  const z = logPartition(crf)
  g.output('z', z)
  g.output('score', pathScore(crf, g.input('tags', 'int64', ['N', T])))
  g.output('best', bestPath(crf))
  g.output('marginals', gradients(reduceSum(z), [crf.emissions])[0]!)
  await using program = await Program.create(g, { threads: 1 })
  const out = await program.run({ emissions: tensor('float32', values.emissions, [N, T, K]), transitions: tensor('float32', values.transitions, [K, K]), start: tensor('float32', values.start, [K]), end: tensor('float32', values.end, [K]), mask: tensor('float32', values.mask, [N, T]), tags: tensor('int64', values.tags, [N, T]) })
  return Object.fromEntries(Object.entries(out).map(([name, { data }]) => [name, Array.from(data as ArrayLike<number | bigint>, Number)]))
}
const { z = [], score = [], best = [], marginals = [] } = await run()

test.each(LENGTHS.map((length, n) => [n, length] as const))('row %d of %d steps: sum over paths, score of one, best one, marginals', (n, length) => {
  const all = paths(n)
  const total = Math.log(all.reduce((sum, p) => sum + Math.exp(p.score), 0))
  expect(z[n]).toBeCloseTo(total, 3)
  const own = Array.from(values.tags.subarray(n * T, n * T + length), Number)
  expect(score[n]).toBeCloseTo(all.find((p) => p.tags.join() === own.join())!.score, 3)
  const top = all.reduce((a, b) => (b.score > a.score ? b : a))
  expect(best.slice(n * T, (n + 1) * T)).toEqual([...top.tags, ...new Array<number>(T - length).fill(0)])
  for (let t = 0; t < T; t++) for (let k = 0; k < K; k++) {
    const there = t < length ? all.reduce((sum, p) => sum + (p.tags[t] === k ? Math.exp(p.score - total) : 0), 0) : 0
    expect(marginals[(n * T + t) * K + k]).toBeCloseTo(there, 3)
  }
})
