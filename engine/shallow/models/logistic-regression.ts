// Logistic regression: one linear score a class, the most likely weights under a penalty on their squares.
import { LatheError } from '../../contract/errors.ts'
import type { LinearFit } from '../fitted.ts'
import { minimise } from '../lbfgs.ts'
import { standardise, standardOf, type Matrix } from '../matrix.ts'
import type { ShallowDef } from '../model.ts'

export const logisticRegression: ShallowDef = {
  title: 'Logistic regression',
  description: 'One weighted sum a class; what a network without hidden layers would be',
  targets: ['classes'],
  settings: [{ c: 1 }, { c: 0.1 }, { c: 10 }],
  fit: (x, target, { c = 1 }, { signal }) => {
    if (target.kind !== 'classes') throw new LatheError('internal', 'logistic regression: needs classes')
    const standard = standardOf(x)
    return fitLogistic(standardise(x, standard), target.labels, target.classes, c, standard, signal)
  },
}

/**
 * Smallest Σ cross-entropy + ½ / c · Σ weights², biases free; two classes share one score.
 * @param z features as the weights see them.
 */
export function fitLogistic(z: Matrix, labels: Int32Array, classes: number, c: number, standard: LinearFit['standard'], signal?: AbortSignal): LinearFit {
  const scores = classes === 2 ? 1 : classes
  const { columns: k, rows } = z
  const found = minimise((w, g) => objective(z, labels, scores, c, w, g), new Float64Array(scores * (k + 1)), { iterations: 500, tolerance: Math.max(1e-5, 1e-7 * rows), ...(signal && { signal }) })
  return { kind: 'linear', link: scores === 1 ? 'sigmoid' : 'softmax', standard, columns: k, weights: Float32Array.from(found.subarray(0, scores * k)), bias: Float32Array.from(found.subarray(scores * k)) }
}

function objective({ rows, columns, data }: Matrix, labels: Int32Array, scores: number, c: number, w: Float64Array, g: Float64Array): number {
  g.fill(0)
  let loss = 0
  const s = new Float64Array(scores)
  const bias = scores * columns
  for (let i = 0; i < rows; i++) {
    const from = i * columns
    for (let o = 0; o < scores; o++) {
      let sum = w[bias + o] ?? 0
      for (let j = 0; j < columns; j++) sum += (w[o * columns + j] ?? 0) * (data[from + j] ?? 0)
      s[o] = sum
    }
    loss += residuals(s, labels[i] ?? 0)
    for (let o = 0; o < scores; o++) {
      const r = s[o] ?? 0
      g[bias + o] = (g[bias + o] ?? 0) + r
      for (let j = 0; j < columns; j++) g[o * columns + j] = (g[o * columns + j] ?? 0) + r * (data[from + j] ?? 0)
    }
  }
  for (let j = 0; j < bias; j++) {
    const v = w[j] ?? 0
    loss += (v * v) / (2 * c)
    g[j] = (g[j] ?? 0) + v / c
  }
  return loss
}

/** Loss of one row; scores become probability − truth. */
function residuals(s: Float64Array, label: number): number {
  if (s.length === 1) {
    const score = s[0] ?? 0
    s[0] = 1 / (1 + Math.exp(-score)) - label
    const margin = label === 1 ? score : -score
    return margin > 0 ? Math.log1p(Math.exp(-margin)) : Math.log1p(Math.exp(margin)) - margin
  }
  const most = s.reduce((a, b) => Math.max(a, b), -Infinity)
  let sum = 0
  for (const v of s) sum += Math.exp(v - most)
  const loss = Math.log(sum) + most - (s[label] ?? 0)
  for (let o = 0; o < s.length; o++) s[o] = Math.exp((s[o] ?? 0) - most) / sum - (o === label ? 1 : 0)
  return loss
}
