// Gradient-boosted trees: small trees one after another, each a Newton step on what the others leave wrong.
import { Random } from '../../data/random.ts'
import type { Target, TreesFit } from '../fitted.ts'
import type { Matrix } from '../matrix.ts'
import type { ShallowDef } from '../model.ts'
import { binned } from '../trees/bins.ts'
import { grow } from '../trees/grow.ts'
import { leafOf, type Tree } from '../trees/tree.ts'

export interface BoostSetting {
  readonly trees: number
  readonly depth: number
  readonly rate: number
  readonly lambda: number
  readonly leaf: number
}

/** Friedman, "Greedy function approximation", Annals of Statistics 29, 2001; second order as in Chen and Guestrin, "XGBoost", 2016. */
export const gradientBoosting: ShallowDef = {
  title: 'Gradient-boosted trees',
  description: 'Small trees, each mending what those before it got wrong',
  targets: ['classes', 'numbers'],
  settings: [
    { trees: 100, depth: 3, rate: 0.1, lambda: 1, leaf: 1 },
    { trees: 100, depth: 5, rate: 0.1, lambda: 1, leaf: 5 },
  ],
  fit: (x, target, { trees = 100, depth = 3, rate = 0.1, lambda = 1, leaf = 1 }, { seed, signal }) => boost(x, target, { trees, depth, rate, lambda, leaf }, seed, signal),
}

/** Several classes take one tree each a round, two share one, numbers have one. */
export function boost(x: Matrix, target: Target, { trees: rounds, depth, rate, lambda, leaf }: BoostSetting, seed: number, signal?: AbortSignal): TreesFit {
  const bins = binned(x)
  const n = x.rows
  const scores = target.kind === 'numbers' ? 1 : target.classes === 2 ? 1 : target.classes
  const link = target.kind === 'numbers' ? 'identity' : scores === 1 ? 'sigmoid' : 'softmax'
  const base = baseOf(target, scores)
  const score = new Float64Array(n * scores)
  for (let i = 0; i < n; i++) score.set(base, i * scores)
  const trees: Tree[] = []
  const gradient = new Float64Array(n)
  const hessian = new Float64Array(n)
  const random = new Random(seed, 'forest')
  for (let round = 0; round < rounds; round++) {
    signal?.throwIfAborted()
    const before = score.slice()
    for (let c = 0; c < scores; c++) {
      step(target, before, scores, c, gradient, hessian)
      const grown = grow(bins, { outputs: 1, sums: gradient, labels: null, weights: hessian }, Int32Array.from({ length: n }, (_, i) => i), { depth, leaf, tries: null, lambda }, random)
      const value = new Float32Array(grown.feature.length * scores)
      grown.value.forEach((v, node) => {
        value[node * scores + c] = v * rate
      })
      const tree: Tree = { ...grown, value, outputs: scores }
      trees.push(tree)
      for (let i = 0; i < n; i++) score[i * scores + c] = (score[i * scores + c] ?? 0) + (value[leafOf(tree, x, i) * scores + c] ?? 0)
    }
  }
  return { kind: 'trees', link, columns: x.columns, base, trees }
}

/** The best constant: the mean, or log odds. */
function baseOf(target: Target, scores: number): Float32Array {
  if (target.kind === 'numbers') return Float32Array.of(target.values.reduce((sum, v) => sum + v, 0) / target.values.length)
  const counts = new Float64Array(target.classes)
  for (const label of target.labels) counts[label] = (counts[label] ?? 0) + 1
  const share = (c: number): number => Math.max(counts[c] ?? 0, 0.5) / target.labels.length
  return scores === 1 ? Float32Array.of(Math.log(share(1) / share(0))) : Float32Array.from({ length: scores }, (_, c) => Math.log(share(c)))
}

/** Negative gradient and second derivative of the loss of each row by score `c`. */
function step(target: Target, score: Float64Array, scores: number, c: number, gradient: Float64Array, hessian: Float64Array): void {
  for (let i = 0; i < gradient.length; i++) {
    if (target.kind === 'numbers') {
      gradient[i] = (target.values[i] ?? 0) - (score[i] ?? 0)
      hessian[i] = 1
      continue
    }
    const p = scores === 1 ? 1 / (1 + Math.exp(-(score[i] ?? 0))) : softmaxAt(score, i * scores, scores, c)
    gradient[i] = (target.labels[i] === (scores === 1 ? 1 : c) ? 1 : 0) - p
    hessian[i] = Math.max(p * (1 - p), 1e-12)
  }
}

function softmaxAt(score: Float64Array, at: number, scores: number, c: number): number {
  let most = -Infinity
  for (let o = 0; o < scores; o++) most = Math.max(most, score[at + o] ?? 0)
  let sum = 0
  for (let o = 0; o < scores; o++) sum += Math.exp((score[at + o] ?? 0) - most)
  return Math.exp((score[at + c] ?? 0) - most) / sum
}
